"""Each kind of question from the values that betray it, in three languages, and its look-alikes that are something else."""

from __future__ import annotations

import pytest

from research_kit.errors import StudyError
from research_kit.questions import understand
from research_kit.records import Column, Question, Responses
from research_kit.study import QuestionSpec

from .exports import make_export, study_of


def asked(text: str, values: list[str], *, times: int = 10, **spec: object) -> tuple[Question, Responses]:
    """The question that this header over these values (each given ``times`` times) is, in a file with an id beside it."""
    rows = [[f"p{i:03}", v] for i, v in enumerate(values * times)]
    export = make_export([Column(0, "Response ID", hint="respondent_id"), text], rows)
    study = study_of(export, questions={text: QuestionSpec(**spec)} if spec else {})
    responses = understand([export], study)
    return responses.questions[1], responses


SCALES = [
    (
        "How satisfied are you?",
        ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"],
        "Very dissatisfied",
        "Very satisfied",
    ),
    (
        "I trust it",
        ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"],
        "Strongly disagree",
        "Strongly agree",
    ),
    (
        "How important is price?",
        ["Not at all important", "Slightly important", "Moderately important", "Very important"],
        "Not at all important",
        "Very important",
    ),
    (
        "How often do you visit?",
        ["Daily", "A few times a week", "Once a month", "Less than once a month"],
        "Less than once a month",
        "Daily",
    ),
    ("How do you rate it?", ["Excellent", "Good", "Fair", "Poor"], "Poor", "Excellent"),
    ("Is it rude?", ["No, not at all rude", "Yes, somewhat rude", "Yes, very rude"], "No, not at all rude", "Yes, very rude"),
    ("Would you come again?", ["Definitely", "Probably", "Probably not", "Definitely not"], "Definitely not", "Definitely"),
    ("您對服務滿意嗎？", ["非常滿意", "滿意", "普通", "不滿意", "非常不滿意"], "非常不滿意", "非常滿意"),
    ("我會再來", ["非常同意", "同意", "沒意見", "不同意", "非常不同意"], "非常不同意", "非常同意"),
    ("多久來一次？", ["每天", "每週2-3次", "每月一次", "一個月不到一次"], "一個月不到一次", "每天"),
    ("使用频率", ["总是", "经常", "有时", "很少", "从不"], "从不", "总是"),
    ("您觉得重要吗", ["非常重要", "比较重要", "一般", "不太重要", "完全不重要"], "完全不重要", "非常重要"),
]


@pytest.mark.parametrize(("text", "values", "low", "high"), SCALES, ids=[s[0] for s in SCALES])
def test_scales_in_words_run_from_less_to_more(text: str, values: list[str], low: str, high: str) -> None:
    for order in (values, values[::-1]):
        question, responses = asked(text, order)
        assert question.kind == "rating"
        assert question.scale is not None
        assert (question.scale.labels[0], question.scale.labels[-1]) == (low, high)
        assert question.scale.direction == "up"
        answers = responses.answers[question.answer_columns[0]]
        assert answers.cat.ordered
        assert list(answers.cat.categories) == list(question.scale.labels)
        assert answers.iloc[0] == order[0]


RANGES = [
    ("Age", ["25-34", "18-24", "55+", "35-54"], ["18-24", "25-34", "35-54", "55+"]),
    (
        "Household income",
        ["$50,000 - $99,999", "Less than $50,000", "$100,000+"],
        ["Less than $50,000", "$50,000 - $99,999", "$100,000+"],
    ),
    (
        "How long have you used it?",
        ["1-2 years", "Less than 6 months", "2+ years", "6-12 months"],
        ["Less than 6 months", "6-12 months", "1-2 years", "2+ years"],
    ),
    ("每月收入", ["3萬以下", "3萬-5萬", "10萬以上", "5萬-10萬"], ["3萬以下", "3萬-5萬", "5萬-10萬", "10萬以上"]),
    ("年龄", ["18岁以下", "26-35岁", "18-25岁", "35岁以上"], ["18岁以下", "18-25岁", "26-35岁", "35岁以上"]),
    ("每天使用多久", ["1-2小时", "30分钟以下", "2小时以上", "30-60分钟"], ["30分钟以下", "30-60分钟", "1-2小时", "2小时以上"]),
]


@pytest.mark.parametrize(("text", "values", "order"), RANGES, ids=[r[0] for r in RANGES])
def test_ranges_are_ordered_by_what_they_measure(text: str, values: list[str], order: list[str]) -> None:
    question, _ = asked(text, values)
    assert question.kind == "rating"
    assert question.scale is not None
    assert list(question.scale.labels) == order


DIRECTIONS = [
    ("Rate us (1 = very bad, 5 = very good)", "up"),
    ("Rate us on a scale of 1 to 5, where 1 is excellent and 5 is terrible.", "down"),
    ("請評分：1分代表非常不滿意，5分代表非常滿意", "up"),
    ("请评分（1＝非常同意；5＝非常不同意）", "down"),
    ("Rate the room from 1 to 5", "unknown"),
    ("滿意度 (1-5)", "unknown"),
]


@pytest.mark.parametrize(("text", "direction"), DIRECTIONS, ids=[d[0] for d in DIRECTIONS])
def test_the_direction_of_numbers_is_known_only_when_words_say_it(text: str, direction: str) -> None:
    question, responses = asked(text, ["1", "2", "3", "4", "5", "4"])
    assert question.kind == "rating"
    assert question.scale is not None
    assert (question.scale.min, question.scale.max, question.scale.direction) == (1, 5, direction)
    assert list(responses.answers[question.key].cat.categories) == [1, 2, 3, 4, 5]
    assert any("do not say which end" in n or "沒有說明" in n or "没有说明" in n for n in responses.notes) == (
        direction == "unknown"
    )


def test_mixed_scales_keep_numbers_and_words() -> None:
    question, responses = asked("Do you agree?", ["10 - Strongly agree", "7", "0 - Strongly disagree", "5", "9"])
    assert question.kind == "rating"
    assert question.scale is not None
    assert (question.scale.min, question.scale.max, question.scale.direction) == (0, 10, "up")
    assert responses.answers[question.key].iloc[0] == 10
    down, _ = asked("Your view?", ["1 - Very satisfied", "2", "3", "4", "5 - Very dissatisfied"])
    assert down.scale is not None
    assert down.scale.direction == "down"


@pytest.mark.parametrize(
    "text", ["How likely are you to recommend us to a friend?", "您推薦給朋友的可能性？", "您有多大可能向朋友推荐我们？"]
)
def test_nps(text: str) -> None:
    question, responses = asked(text, ["10", "9", "7", "0", "3"])
    assert question.kind == "nps"
    assert question.overall_rating
    assert list(responses.answers[question.key].cat.categories) == list(range(11))


JOINED = [
    (", ", ["Apple, Pear", "Apple", "Pear, Fig", "Fig", "Apple, Pear, Fig", "Fig, Apple"], {"Apple", "Pear", "Fig"}),
    (";", ["Apple;Pear;", "Apple;", "Pear;Fig;", "Fig;"], {"Apple", "Pear", "Fig"}),
    ("┋", ["蘋果┋梨子", "蘋果", "梨子┋無花果", "無花果"], {"蘋果", "梨子", "無花果"}),
    ("\n", ["Apple\nPear", "Apple", "Pear\nFig", "Fig"], {"Apple", "Pear", "Fig"}),
    (" | ", ["Apple|Pear", "Apple", "Pear|Fig", "Fig"], {"Apple", "Pear", "Fig"}),
    ("、", ["咖啡、茶", "茶", "咖啡", "茶、果汁", "果汁、咖啡"], {"咖啡", "茶", "果汁"}),
]


@pytest.mark.parametrize(("mark", "values", "options"), JOINED, ids=[repr(j[0]) for j in JOINED])
def test_choices_joined_in_one_cell_come_apart(mark: str, values: list[str], options: set[str]) -> None:
    question, responses = asked("Which do you eat? (select all that apply)", values)
    assert question.kind == "multiple"
    assert set(question.options) == options
    first = sorted(options)[0]
    ticks = responses.answers[f"{question.key} | {first}"]
    assert ticks.iloc[: len(values)].tolist() == [first in v for v in values]


def test_a_comma_inside_a_choice_parts_nothing() -> None:
    values = ["Red, white or blue", "Red, white or blue, Green", "Green", "Green, Black", "Black", "Red, white or blue, Black"]
    question, _ = asked("Which colours? Select all that apply.", values)
    assert set(question.options) == {"Red, white or blue", "Green", "Black"}


def test_options_of_the_study_part_the_cells() -> None:
    values = ["Small, but fine, Large", "Large", "Small, but fine"]
    question, responses = asked("Sizes?", values, kind="multiple", options=("Small, but fine", "Large"))
    assert question.options == ("Small, but fine", "Large")
    assert responses.answers[f"{question.key} | Small, but fine"].iloc[:3].tolist() == [True, False, True]


def test_fixed_phrases_with_commas_are_single_choices() -> None:
    question, _ = asked("Employment", ["Employed, full time", "Employed, part time", "Not employed, looking", "Retired"])
    assert question.kind == "single"
    assert len(question.options) == 4


def test_none_is_an_answer_and_not_applicable_is_missing() -> None:
    pies = ["Apple", "None", "N/A", "Pecan", "無", "不適用", "(跳过)"] * 10
    export = make_export(["Which pie?", "Here?"], [[p, "yes"] for p in pies])
    responses = understand([export], study_of(export))
    question = responses.questions[0]
    assert question.kind == "single"
    assert {"None", "無"} <= set(question.options)
    assert responses.answers[question.key].iloc[:7].isna().tolist() == [False, False, True, False, False, True, True]
    assert (question.n, question.missing) == (40, 30)


def test_dont_know_stands_beside_the_scale() -> None:
    question, responses = asked("Is it useful?", ["Very useful", "Somewhat useful", "Not useful", "Don't know"])
    assert question.kind == "rating"
    assert question.scale is not None
    assert "Don't know" not in question.scale.labels
    assert bool(responses.answers[question.key].isna().iloc[3])


@pytest.mark.parametrize(
    ("text", "values", "first"),
    [
        ("How many children?", ["0", "1", "12", "3"], 0.0),
        ("How tall are you?", ["5'4\"", "6'0\"", "5'11\"", "5'6\""], 64.0),
        ("Time on task", ["90 minutes", "1.5 hours", "30 minutes", "45 minutes"], 90.0),
        ("What percentage?", ["80%", "60%", "55 %", "12.5%"], 80.0),
        ("預算", ["NT$1,200", "NT$800", "NT$15,000", "NT$300"], 1200.0),
    ],
)
def test_numbers_with_units(text: str, values: list[str], first: float) -> None:
    question, responses = asked(text, values)
    assert question.kind == "number"
    assert responses.answers[question.key].iloc[0] == first


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-01 10:22:00",
        "3/14/2024 9:05",
        "14/3/2024",
        "2024年3月1日",
        "02-Feb-2021 20:26:58",
        "2023/11/08 3:21:33 PM GMT+8",
        "2024/3/1 下午 3:05:00",
    ],
)
def test_dates(value: str) -> None:
    question, _ = asked("When did it happen?", [value] * 3)
    assert (question.kind, question.role) == ("date", "meta")


def test_identifiers_and_contacts_stay_out() -> None:
    rows = [[f"u{i}@mail.org", f"A{i:05}", str(i % 2)] for i in range(40)]
    responses = understand([e := make_export(["Your e-mail", "Customer ID", "Member?"], rows)], study_of(e))
    assert [(q.kind, q.role, q.answer_columns) for q in responses.questions[:2]] == [("identifier", "meta", ())] * 2


@pytest.mark.parametrize("head", ["評論編號", "评论编号", "Review ID", "Ref", "欄"])
def test_codes_of_one_pattern_are_no_comments(head: str) -> None:
    export = make_export([head], [[f"gm-{i:04}"] for i in range(40)])
    (question,) = understand([export], study_of(export)).questions
    assert (question.kind, question.role) == ("identifier", "meta")


def test_less_is_the_lowest_step_of_how_often() -> None:
    steps = ["更少", "每月 1–2 次", "每週一次", "每週 2–3 次", "幾乎每天"]
    export = make_export(["您多久來一次"], [[steps[i % 5]] for i in range(60)])
    (question,) = understand([export], study_of(export)).questions
    assert question.kind == "rating"
    assert question.scale is not None
    assert list(question.scale.labels) == steps


def test_open_answers_and_their_framing() -> None:
    words = [f"because of reason number {i} and more of that" for i in range(30)]
    framings = {
        "What did you dislike?": "negative",
        "What could be improved?": "negative",
        "最不滿意的地方是什麼？": "negative",
        "您最喜歡什麼？": "positive",
        "What do you like most?": "positive",
        "Why this score?": "neutral",
        "Anything else?": "neutral",
        "What do you use it for?": "",
        "What needs does it not address?": "negative",
        "有哪些缺点？": "negative",
        "What new features or changes would you like to see?": "neutral",
        "What enhancements would have made it better for you?": "neutral",
        "您希望我們推出什麼產品？": "neutral",
        "What would you like us to improve?": "negative",
        "What didn't you like?": "negative",
        "What was less good?": "negative",
        "What put you off booking?": "negative",
        "Why did you choose us?": "positive",
        "What needs does it address?": "",
        "您為什麼取消訂閱？": "negative",
        "讓您印象最深的服務？": "positive",
    }
    export = make_export(list(framings), [[f"{w} {j}" for j in range(len(framings))] for w in words])
    responses = understand([export], study_of(export))
    assert {q.text: q.framing for q in responses.questions} == framings
    assert {q.role for q in responses.questions} == {"comment"}
    assert len(responses.comments) == len(words) * len(framings)


def test_yes_or_no_is_a_single_choice() -> None:
    for values in (["Yes", "No"], ["是", "否"], ["有", "沒有", "有"], ["TRUE", "FALSE"]):
        assert asked("Did it work?", values)[0].kind == "single"


def test_a_rating_of_words_without_order_asks_for_labels() -> None:
    with pytest.raises(StudyError, match="labels"):
        asked("Size", ["Grande", "Venti", "Tall"], kind="rating")
    question, responses = asked("Size", ["Grande", "Venti", "Tall"], kind="rating", scale_labels=("Tall", "Grande", "Venti"))
    assert question.scale is not None
    assert (question.scale.labels, question.scale.direction) == (("Tall", "Grande", "Venti"), "up")
    assert list(responses.answers[question.key].cat.categories) == ["Tall", "Grande", "Venti"]


def test_the_study_stands_above_what_was_found() -> None:
    question, responses = asked(
        "Stars", ["1", "2", "3"], kind="rating", role="demographic", reversed=True, scale_min=1.0, scale_max=5.0, stage="use"
    )
    assert (question.kind, question.role, question.stage, question.reversed) == ("rating", "demographic", "use", True)
    assert question.scale is not None
    assert (question.scale.max, question.scale.direction) == (5, "down")
    assert list(responses.answers[question.key].cat.categories) == [1, 2, 3, 4, 5]
    ignored, responses = asked("Stars", ["1", "2", "3"], ignore=True)
    assert ignored.answer_columns == ()
    assert (ignored.role, ignored.reason.endswith("The study file leaves it out.")) == ("meta", True)
    assert responses.answers.shape[1] == 0


@pytest.mark.parametrize("labels", [("Never", "Once a year", "Monthly"), None])
@pytest.mark.parametrize(("low", "high"), [(0, 2), (1, 3)])
def test_the_studys_own_scale_keeps_every_answer_on_its_own_step(low: float, high: float, labels: tuple[str, ...] | None) -> None:
    values = ["Never", "Once a year", "Monthly"]

    question, responses = asked("How often?", values, kind="rating", scale_min=low, scale_max=high, scale_labels=labels)

    assert question.scale is not None
    assert (question.scale.min, question.scale.max) == (low, high)
    assert responses.answers[question.answer_columns[0]].astype("str").tolist()[:3] == values


def test_a_ranking_with_a_column_per_place_is_turned_round() -> None:
    import random

    shuffled = random.Random(3)
    rows = [shuffled.sample(["Pay", "Growth", "Colleagues"], 3) for _ in range(30)]
    export = make_export([f"What matters most to you? [Rank {i}]" for i in (1, 2, 3)], rows)
    responses = understand([export], study_of(export))
    (question,) = responses.questions
    assert (question.kind, set(question.options), question.columns) == ("ranking", {"Pay", "Growth", "Colleagues"}, (0, 1, 2))
    assert responses.answers[f"{question.key} | Pay"].tolist() == [row.index("Pay") + 1.0 for row in rows]


def test_all_options_in_changing_order_are_a_ranking_whatever_the_question_says() -> None:
    import random

    shuffled = random.Random(4)
    rows = [["→".join(shuffled.sample(["画面", "玩法", "剧情", "社交"], 4))] for _ in range(40)]
    export = make_export(["您看重什么"], rows)
    (question,) = understand([export], study_of(export)).questions
    assert question.kind == "ranking"
    ticked = [["画面┋剧情┋社交" if i % 3 else "画面┋玩法┋剧情┋社交"] for i in range(40)]
    export = make_export(["您看重什么"], ticked)
    (question,) = understand([export], study_of(export)).questions
    assert question.kind == "multiple"


def test_recode_numbers_of_a_choice_are_no_quantity() -> None:
    rows = [[str([16738740, 255, 16776960][i % 3]), str(i * 7 % 11)] for i in range(30)]
    columns = [Column(0, "Which colour do you like?", code="Q5"), Column(1, "How many do you own?", code="Q6")]
    export = make_export(columns, rows, platform="qualtrics")
    responses = understand([export], study_of(export))
    assert [q.kind for q in responses.questions] == ["single", "number"]


def test_lengths_and_durations_are_read_in_one_unit() -> None:
    rows = [["500 m" if i % 2 else "2 km", "1:30:00" if i % 2 else "0:45:00", f"{i}h"] for i in range(1, 31)]
    rows += [["750 m", "2:00:00", "40h"], ["900 m", "0:10:00", "41h"]]
    export = make_export(["How far is the station?", "Handle time", "Weekly work"], rows)
    answers = understand([export], study_of(export)).answers
    assert set(answers.iloc[:30, 0]) == {500.0, 2000.0} or set(answers.iloc[:30, 0]) == {0.5, 2.0}
    assert set(answers.iloc[:30, 1]) == {5400.0, 2700.0}
    assert answers.iloc[:30, 2].tolist() == [float(i) for i in range(1, 31)]


def test_bilingual_answers_keep_their_words() -> None:
    words = ["非常差 Very poor", "差 Poor", "普通 Fair", "好 Good", "非常好 Very good"]
    export = make_export(["評分 Rating"], [[words[i % 5]] for i in range(40)])
    (question,) = understand([export], study_of(export)).questions
    assert question.kind == "rating"
    assert question.scale is not None
    assert question.scale.labels == tuple(words)
    assert question.scale.direction == "up"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("整體滿意度(1-5)", "unknown"),
        ("请您对以下服务打分", "up"),
        ("Marks for the food, out of 5", "up"),
        ("How satisfied are you with us? (1-5)", "unknown"),
        ("满意度（1=非常满意，5=非常不满意）", "down"),
    ],
)
def test_more_points_are_better_unless_the_file_says_otherwise(text: str, direction: str) -> None:
    export = make_export([text], [[str(i % 5 + 1)] for i in range(40)])
    scale = understand([export], study_of(export)).questions[0].scale
    assert scale is not None
    assert scale.direction == direction


WRITTEN = ["trail was muddy", "步道很滑，差點跌倒", "no toilets", "beautiful view", "很棒", "parking full by 8am", "n/a"]


@pytest.mark.parametrize(
    "text", ["Comments 意見", "Any other comments?", "意見與建議", "Q5_open", "visit.comments", "Feedback / 建議"]
)
def test_repeated_answers_under_a_place_to_write_are_read_as_comments(text: str) -> None:
    question, responses = asked(text, WRITTEN, times=15)

    assert (question.kind, question.role) == ("text", "comment")
    assert len(responses.comments) >= 75


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Opening hours", WRITTEN),
        ("Which comment fits best?", ["trail was muddy", "no toilets here", "beautiful view"]),
        ("Comments", ["good", "bad", "fair", "poor and slow"]),
        ("Comments", ["Yes", "No"]),
    ],
)
def test_few_answers_elsewhere_stay_choices(text: str, values: list[str]) -> None:
    assert asked(text, values, times=15)[0].kind != "text"


def test_three_people_who_each_like_something_else_are_heard() -> None:
    assert asked("What did you like?", ["the food", "music", "atmosphere"], times=1)[0].kind == "text"
    assert asked("Which one did you like?", ["the food", "music", "atmosphere"], times=1)[0].kind == "single"


SAID = {
    "What frustrates you most?": "Long queues|long queues!!|no human on chat|No human on the phone.|kept logging me out|Slow, and it crashes|nothing|None"
    "|the new menu|App hangs on start|prices went up|support never answers|Too many ads",
    "最让您不满意的地方是什么？": "退票手续费太高，一千的票退了一百二|排队太久|排队太久了。|没有|暂无|客服全是机器人"
    "|晚点，也没人通知|座位太挤|餐食难吃|行李等了半天|值机慢！|改签费比票贵",
    "哪些地方讓您覺得不方便？": "候診太久|候診太久。|批價又等了四十分鐘|找不到診間，標示不清|沒有|都好"
    "|停車位太少|電梯很慢|掛號系統當機|護理師口氣不好，很兇|藥局排很久！|廁所髒",
    "Your last visit": "Long queues|long queues.|no human on chat|No human on the phone.|kept logging me out|slow, and it crashes|nothing|None"
    "|the new menu|App hangs on start|prices went up|support never answers|too many ads|parking was full|loved the cake|staff were kind"
    "|Nice view|nice view!|toilets were dirty|Great music, bad sound|cold soup|waited an hour|lost my order",
}  # fmt: skip


@pytest.mark.parametrize("text", list(SAID))
def test_answers_that_come_again_are_comments_where_a_hand_betrays_itself(text: str) -> None:
    question, responses = asked(text, SAID[text].split("|"), times=8)

    assert (question.kind, question.role) == ("text", "comment")
    assert len(responses.comments) > 80


LISTED = "Price is too high|Missing features|Hard to use|Poor support|Found another tool|Project ended|Too slow|Security concerns|Moved company"


@pytest.mark.parametrize(
    ("text", "values", "times"),
    [
        ("What is the main reason why you cancelled?", LISTED, 10),
        ("Which of the following frustrates you most?", SAID["What frustrates you most?"], 8),
        ("What region do you live in?", SAID["Your last visit"], 8),
        ("How did you hear of us?", SAID["Your last visit"].replace("|nothing|None", "").replace("|long queues.", ""), 1),
        (
            "您最常去的分店",
            "|".join(f"{place}旗艦店" for place in "台北 板橋 新竹 台中 彰化 嘉義 台南 高雄 屏東 花蓮 台東 宜蘭".split()),
            9,
        ),
    ],
)
def test_lists_that_hold_much_stay_choices(text: str, values: str, times: int) -> None:
    # The list of the fourth is what a hundred people chose; what stands in the question above came from "Other".
    many = [*(["By a friend", "Search engine", "Newspaper or radio"] * 40 if times == 1 else []), *values.split("|") * times]
    assert asked(text, many, times=1)[0].kind != "text"


def test_the_platforms_word_for_a_text_box_stands() -> None:
    """In short and even words that a form might offer; but what is no text stays what it is."""
    words = ["Long queue", "Rude staff", "Cold food", "Dirty table", "High prices"]
    for text, values, kind in [
        ("What happened", words, "text"), ("What happened", ["Yes", "No"], "single"), ("Hours a week", ["1", "2", "30"], "number"),
    ]:  # fmt: skip
        column = Column(0, text, hint="text_box")
        export = make_export([column], [[v] for v in values * 20])
        found = understand([export], study_of(export)).questions[0].kind
        assert found == kind
        bare = make_export([text], [[v] for v in values * 20])
        assert understand([bare], study_of(bare)).questions[0].kind == (kind if kind != "text" else "single")


@pytest.mark.parametrize(
    ("text", "values", "role"),
    [
        ("How do you describe yourself?", ["Woman", "Man", "Non-binary", "Prefer not to say"], "demographic"),
        ("您是", ["女性", "男性", "不願透露"], "demographic"),
        ("Who shops for clothes?", ["Woman", "Man", "Our children", "Nobody"], "active"),
        ("Who was your guide?", ["Other", "Prefer not to say"], "active"),
    ],
)
def test_sexes_describe_people_whatever_they_are_asked_for(text: str, values: list[str], role: str) -> None:
    assert asked(text, values)[0].role == role


def test_what_rates_the_whole_is_said_to_form_nothing() -> None:
    rating, _ = asked("Overall, how satisfied are you with us?", ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"])
    other, _ = asked("How satisfied are you with the menu?", ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"])

    assert "It is an outcome" in rating.reason
    assert "It may form personas" not in rating.reason
    assert "It may form personas" in other.reason


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"kind": "number"}, "is a number in the study file, but none of its answers is one"),
        ({"scale_labels": ("never", "always")}, "fits none of its answers"),
        ({"kind": "rating", "scale_labels": ("never", "always")}, "fits none of its answers"),
    ],
)
def test_a_setting_that_leaves_no_answer_is_refused(spec: dict[str, object], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        asked("How far did you come?", ["Weekly", "Monthly", "Yearly"], **spec)


def test_a_setting_that_loses_some_answers_says_which() -> None:
    question, responses = asked(
        "How long did you stay?", ["short", "long", "very long"], kind="rating", scale_labels=("short", "long")
    )

    assert question.n == 20
    assert any("10 of 30 answers to" in n and n.endswith("count as not given: very long.") for n in responses.notes)
    assert not any("not given" in n for n in asked("Age?", ["31", "44", "52"], kind="number")[1].notes)


def test_a_comment_that_the_study_leaves_out_is_not_read() -> None:
    text, words = (
        "What could we do better?",
        ["Open earlier on Sundays", "More seats by the window", "Fix the heating, it is freezing"],
    )

    question, responses = asked(text, words, kind="text", ignore=True)

    assert (question.kind, question.role) == ("text", "meta")
    assert len(asked(text, words, kind="text")[1].comments) == 30
    assert responses.comments.empty
