"""Which stage a clause gets, and why."""

import numpy as np
import pandas as pd
import pytest

from research_kit.records import Stage
from research_kit.study import template
from research_kit.text.stages.model import StageModel
from research_kit.text.stages.words import normal

EMPTY = pd.DataFrame({"normal": pd.Series(dtype="str"), "text_id": pd.Series(dtype="int64")})
PARTS = (
    Stage("waiting", {"en": "Waiting"}, "Time spent waiting"),
    Stage("food", {"en": "Food"}),
    Stage("rooms", {"zh-Hant": "房間"}, "", ("床",)),
)


def said(*normal: str, **columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"text_id": range(len(normal)), "normal": list(normal), **columns})


@pytest.mark.parametrize(
    ("clause", "stage"),
    [
        ("we queued for an hour", "waiting"),
        ("等了四十分钟", "waiting"),
        ("the soup was bland", "food"),
        ("早餐很好吃", "food"),
        ("床太软", "rooms"),
        ("the bathroom smelled", "rooms"),
    ],
)
def test_a_stage_declared_by_name_alone_is_found_in_any_language(clause, stage):
    assigned = StageModel.learn(EMPTY, PARTS).assign(said(clause))

    assert assigned["stage"].tolist() == [stage]
    assert assigned["stage_reason"].tolist() == ["clause"]


def test_what_fits_no_stage_is_missing_and_unassigned():
    assigned = StageModel.learn(EMPTY, PARTS).assign(said("blue is a colour"))

    assert assigned["stage"].isna().all()
    assert assigned["stage_reason"].tolist() == ["unassigned"]


def test_the_order_is_study_question_clause_comment():
    mentions = said("the soup was bland", "the soup was bland", "the soup was bland", "and so on", "xyz")
    mentions["text_id"] = [0, 1, 2, 2, 3]
    mentions["study_stage"] = ["rooms", None, None, None, None]
    mentions["question_stage"] = ["waiting", "waiting", "", "", ""]

    assigned = StageModel.learn(EMPTY, PARTS).assign(mentions)

    assert assigned["stage_reason"].tolist() == ["study", "question", "clause", "comment", "unassigned"]
    assert assigned["stage"].tolist()[:4] == ["rooms", "waiting", "food", "food"]


def test_a_question_tied_to_an_unknown_stage_ties_nothing():
    assigned = StageModel.learn(EMPTY, PARTS).assign(said("the soup was bland", question_stage=["elsewhere"]))

    assert assigned["stage"].tolist() == ["food"]


@pytest.mark.parametrize(
    ("question", "clause", "stage"),
    [
        ("How did you hear about us?", "my sister", "awareness"),
        ("您是怎麼知道我們的？", "同事", "awareness"),
        ("", "i will certainly renew next year", "retention"),
        ("", "推荐给所有朋友", "advocacy"),
        ("", "结帐的时候刷卡一直失败", "purchase"),
    ],
)
def test_the_general_journey_knows_how_people_speak_and_what_questions_ask(question, clause, stage):
    model = StageModel.learn(EMPTY, template("default"))

    assert model.assign(said(clause, question_text=[question]))["stage"].tolist() == [stage]


def test_words_that_go_with_sure_cases_are_learned_from_the_study():
    sure = [f"the food was bland, said table {i} about the zibbel" for i in range(30)] + [
        f"we were waiting by the gate {i}" for i in range(30)
    ]
    model = StageModel.learn(said(*sure), PARTS)

    assert StageModel.learn(EMPTY, PARTS).assign(said("zibbel"))["stage"].isna().all()
    assert model.assign(said("zibbel"))["stage"].tolist() == ["food"]


def test_traditional_and_simplified_names_are_one():
    hant = StageModel.learn(EMPTY, (Stage("a", {"zh-Hant": "退換貨"}), Stage("b", {"zh-Hant": "點餐"})))
    hans = StageModel.learn(EMPTY, (Stage("a", {"zh-Hans": "退换货"}), Stage("b", {"zh-Hans": "点餐"})))
    clauses = said("退款等了三个月", "点餐要扫码")

    assert hant.assign(clauses)["stage"].tolist() == hans.assign(clauses)["stage"].tolist() == ["a", "b"]


def test_no_stages_and_no_mentions_are_answered():
    assert StageModel.learn(EMPTY, ()).assign(said("the soup"))["stage"].isna().all()
    assert len(StageModel.learn(EMPTY, PARTS).assign(said())) == 0


@pytest.mark.parametrize(
    "clause",
    [
        "i love it",
        "very good!",
        "so happy with it",
        "5 stars",
        "not bad",
        "很喜欢",
        "非常满意",
        "太差了",
        "真的很不错",
        "it is great",
    ],
)
def test_a_mere_feeling_speaks_of_no_stage(clause):
    assigned = StageModel.learn(EMPTY, template("default")).assign(said(clause))

    assert assigned["stage"].isna().all()
    assert assigned["stage_reason"].tolist() == ["unassigned"]


@pytest.mark.parametrize(
    ("clause", "stage"),
    [("checkout was easy", "purchase"), ("i told all my friends", "advocacy"), ("会员续约", "retention"), ("用起来很顺", "use")],
)
def test_a_feeling_about_something_speaks_of_its_stage(clause, stage):
    assert StageModel.learn(EMPTY, template("default")).assign(said(clause))["stage"].tolist() == [stage]


def test_a_mere_feeling_takes_the_stage_of_the_rest_of_its_comment():
    mentions = said("i love it", "checkout was easy").assign(text_id=[7, 7])
    assigned = StageModel.learn(EMPTY, template("default")).assign(mentions)

    assert assigned["stage"].tolist() == ["purchase", "purchase"]
    assert assigned["stage_reason"].tolist() == ["comment", "clause"]


def test_what_the_whole_study_is_about_is_no_word_of_a_stage():
    stages = (Stage("access", {"en": "Access"}, "Getting to the service: parking and transport"), *PARTS)
    assigned = StageModel.learn(EMPTY, stages).assign(said("very helpful service", "poor parking"))

    assert assigned["stage"].isna().tolist() == [True, False]
    assert assigned["stage"].tolist()[1] == "access"


CLINIC = (
    Stage("find", {"zh-Hant": "得知與選擇"}, "", ("介紹", "推薦")),
    Stage("book", {"zh-Hant": "預約掛號"}, "", ("預約", "掛號", "電話", "LINE")),
    Stage("see", {"zh-Hant": "看診治療"}, "獸醫師檢查、說明、治療", ("醫師", "檢查")),
    Stage("after", {"zh-Hant": "回診追蹤"}, "", ("回診", "提醒")),
)
"""Stages of the general kind, whose keywords the researcher wrote."""


@pytest.mark.parametrize(
    ("clause", "stage"),
    [("线上预约系统常常当掉", "book"), ("line没有人回", "book"), ("电话永远忙线中", "book"), ("提醒得太晚", "after")],
)
def test_a_keyword_that_the_researcher_wrote_decides(clause, stage):
    assert StageModel.learn(EMPTY, CLINIC).assign(said(clause))["stage"].tolist() == [stage]


def test_of_two_stages_named_alike_one_is_chosen_and_the_longer_word_wins():
    model = StageModel.learn(EMPTY, CLINIC)

    assert model.assign(said("医师"))["stage"].tolist() == ["see"]
    assert set(model.assign(said("医师的电话态度"))["stage"]) <= {"see", "book"}
    stages = (Stage("a", {"en": "A"}, "", ("room",)), Stage("b", {"en": "B"}, "", ("waiting room",)))
    assert StageModel.learn(EMPTY, stages).assign(said("the waiting room", "the room"))["stage"].tolist() == ["b", "a"]


SHOP = template("ecommerce")


@pytest.mark.parametrize(
    ("journey", "clause", "stage"),
    [
        ("ecommerce", "courier leaves it in the rain", "delivery"),
        ("ecommerce", "too much packaging", "delivery"),
        ("ecommerce", "two ingredients missing", "delivery"),
        ("ecommerce", "recipe cards are easy to follow", "use"),
        ("ecommerce", "漏寄了一瓶", "delivery"),
        ("ecommerce", "客服已读不回", "service"),
        ("healthcare", "filling fell out after a week", "treat"),
        ("healthcare", "根管做完还是痛", "treat"),
        ("healthcare", "the receptionist shrugged", "arrive"),
        ("healthcare", "电话永远没人接", "book"),
        ("b2b", "data migration was a disaster", "implement"),
        ("b2b", "onboarding was rushed", "implement"),
        ("b2b", "price went up 35% at renewal", "renew"),
        ("b2b", "报表跑很慢", "operate"),
        ("telecom", "师傅装机很快", "activate"),
        ("restaurant", "扫码点餐很麻烦", "order"),
    ],
)
def test_words_of_the_trade_decide_at_the_stages_of_a_shipped_journey(journey, clause, stage):
    assigned = StageModel.learn(EMPTY, template(journey)).assign(said(clause))

    assert assigned["stage"].tolist() == [stage]
    assert assigned["stage_reason"].tolist() == ["clause"]


@pytest.mark.parametrize("journey", ["ecommerce", "healthcare", "b2b", "restaurant"])
def test_every_keyword_of_a_shipped_stage_brings_a_clause_to_it(journey):
    model = StageModel.learn(EMPTY, template(journey))
    for stage in template(journey):
        words = [normal(word) for word in stage.keywords]
        found = model.assign(said(*(f"there {word} there" for word in words)))["stage"]

        assert (found == stage.key).mean() > 0.9, found[found != stage.key]


def test_a_renamed_or_rekeyed_stage_keeps_the_words_of_its_trade():
    renamed = [Stage(s.key, {"en": f"Step {i}"}) for i, s in enumerate(SHOP)]
    rekeyed = [Stage(f"s{i}", s.names) for i, s in enumerate(SHOP)]
    clauses = said("the parcel was crushed", "退货要等三周")

    assert StageModel.learn(EMPTY, renamed).assign(clauses)["stage"].tolist() == ["delivery", "service"]
    assert StageModel.learn(EMPTY, rekeyed).assign(clauses)["stage"].tolist() == ["s3", "s5"]


def test_the_researchers_own_keyword_speaks_before_the_words_of_the_trade():
    own = [Stage(s.key, s.names, s.description, (*s.keywords, *(["courier driver"] if s.key == "service" else ()))) for s in SHOP]
    clauses = said("the courier driver left the parcel in the rain", "the courier left")

    assert StageModel.learn(EMPTY, own).assign(clauses)["stage"].tolist() == ["service", "delivery"]


def test_a_question_that_names_a_stage_speaks_where_the_clause_says_nothing():
    model = StageModel.learn(EMPTY, PARTS)
    mentions = said("zibbel", "床太软", "zibbel").assign(
        question_text=["How were the beds (床)?"] * 2 + ["Would you recommend the 床?"]
    )
    assigned = model.assign(mentions)

    assert assigned["stage"].tolist()[:2] == ["rooms", "rooms"]
    assert assigned["stage_reason"].tolist() == ["question", "clause", "unassigned"]


def test_a_stage_in_the_light_of_its_question_says_so():
    model = StageModel.learn(EMPTY, template("default"))
    mentions = said("the red bus", "i told all my friends").assign(question_text=["How did you hear about us?", "Anything else?"])

    assert model.assign(mentions)["stage_reason"].tolist() == ["question", "clause"]


@pytest.mark.parametrize("answer", ["n/a", "同上", "没有", "nothing comes to mind", "none", "don't know"])
def test_what_is_no_answer_has_no_stage_whatever_was_asked(answer):
    model = StageModel.learn(EMPTY, template("default"))
    mentions = said("how i heard of it", answer).assign(text_id=[3, 3], question_text="How did you hear about us?")

    assigned = model.assign(mentions)
    assert assigned["stage_reason"].tolist() == ["clause", "unassigned"]
    assert assigned["says"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("shares", "stage"),
    [
        ([0.6, 0.3, 0.1], 0),
        ([0.45, 0.05, 0.5], -1),  # hardly ahead of the next one
        ([0.34, 0.33, 0.33], -1),
        ([0.1, 0.46, 0.36], 1),
    ],
)
def test_the_likeliest_stage_is_sure_and_ahead_of_the_next(shares, stage):
    model = StageModel.learn(EMPTY, PARTS)

    assert model._likeliest(["the soup"], np.zeros((1, 3)), np.array([shares])).tolist() == [stage]


def test_a_mere_feeling_has_no_likeliest_stage_unless_words_name_one():
    model = StageModel.learn(EMPTY, PARTS)
    shares = np.array([[0.9, 0.05, 0.05]] * 2)

    assert model._likeliest(["i love it"] * 2, np.array([[0.0] * 3, [1.0, 0, 0]]), shares).tolist() == [-1, 0]
