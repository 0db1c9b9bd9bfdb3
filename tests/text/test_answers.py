# ruff: noqa: E501 (tables of cases)
"""Short answers mean what their question asks for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from research_kit.text import annotate, answers, framing
from research_kit.text.patterns import SAID

CASES = pd.read_csv(
    Path(__file__).parents[1] / "cases/text/answers.tsv", sep="\t", comment="#", dtype=str, keep_default_na=False, quoting=3
)
FAULTS, MERITS, WISHES = "最需要改進的地方", "最滿意的地方", "您最希望我们增加或改进什么功能？"


def strongest(texts: list[str], questions: list[str]) -> pd.DataFrame:
    found = annotate(texts, questions=[q or None for q in questions])
    order = found.assign(force=found["valence"].abs().fillna(-1)).sort_values(["text_id", "force"], kind="stable")
    return order.drop_duplicates("text_id", keep="last").reset_index(drop=True)


def test_answers_of_three_languages_by_their_question() -> None:
    found = strongest(CASES["text"].tolist(), CASES["question"].tolist())
    pairs = zip(CASES["kind"], found["kind"], CASES["sentiment"], found["sentiment"].fillna(""), strict=True)
    right = np.array([kind in k.split("|") and mood in m.split("|") for k, kind, m, mood in pairs])
    assert right.mean() >= 0.95, CASES.assign(found=found["kind"], mood=found["sentiment"])[~right].to_string()


@pytest.mark.parametrize(
    "text", ["听力真题", "提醒温柔一点", "把旧版界面还给我", "取消体力值", "可以和好友PK", "法语", "夜间模式"]
)
def test_what_is_named_to_a_question_for_wishes_is_wished_for(text: str) -> None:
    found = annotate([text], questions=[WISHES]).iloc[0]
    assert (found["kind"], found["sentiment"]) == ("wish", "neutral")


@pytest.mark.parametrize(("text", "kind"), [("推送老是重复，烦死了", "pain"), ("已经很好了", "delight")])
def test_a_judgement_is_no_wish_though_wishes_are_asked_for(text: str, kind: str) -> None:
    assert annotate([text], questions=[WISHES], unit="text")["kind"].tolist() == [kind]


@pytest.mark.parametrize("text", ["沒有", "都很好", "服務很好", "Nothing, all good", "Couldn't do better"])
def test_praise_to_a_question_for_faults_stays_praise(text: str) -> None:
    question = FAULTS if not text.isascii() else "What could we do better?"
    assert annotate([text], questions=[question], unit="text")["sentiment"].tolist() == ["positive"]


def test_much_of_a_nuisance_is_a_fault_and_much_of_a_good_is_none() -> None:
    found = annotate(["醫師流動率高", "人很多", "選擇多", "營業時間長"], questions=[FAULTS] * 4)
    assert found["sentiment"].tolist()[:2] == ["negative", "negative"]
    assert "negative" not in annotate(["選擇多", "營業時間長"], questions=[MERITS] * 2)["sentiment"].tolist()
    assert SAID["large"].match("选择多") is not None
    assert not answers._fault("选择多", 0.0, settled=False, leans=False)


@pytest.mark.parametrize(
    ("clause", "proposal"),
    [
        ("厕所可以干净一点", True), ("能不能加开一班", True), ("could text us before coming", True), ("the beds could be softer", True), ("maybe a bench", True),
        ("还可以", False), ("可以的", False), ("could be better", False), ("you could hear everything", False), ("could not get through", False), ("有点吵", False),
        ("一点都不便宜", False), ("it could have been done sooner", False),
    ],
)  # fmt: skip
def test_the_form_of_a_proposal(clause: str, proposal: bool) -> None:
    assert answers.proposes(clause) is proposal


def test_a_kept_promise_is_praise_and_no_wish() -> None:
    found = annotate(["Came when they said they would"], questions=["What went well?"])
    assert found["sentiment"].tolist() == ["positive"]
    assert found["kind"].tolist() != ["wish"]


@pytest.mark.parametrize(
    ("question", "answer", "sentiment"),
    [
        (MERITS, "以前便宜，現在都要會員", "negative"),
        (MERITS, "老實說沒有，每堂都在念投影片", "negative"),
        ("What do you like most?", "Honestly not much any more, it used to be a lot cleaner", "negative"),
        ("What do you like most?", "Could not fault them", "positive"),
        (FAULTS, "不能指定時間", "negative"),
        (FAULTS, "沒有停車場", "negative"),
        (FAULTS, "沒有推銷", "positive|neutral"),
        (FAULTS, "都挺好的，沒什麼要改", "positive"),
        ("What could the hospital have done better?", "Nothing at all, the nurses were angels", "positive"),
        ("", "启动要十秒，以前是秒开", "negative"),
        ("", "比以前快多了", "positive"),
        ("", "以前要排队现在不用了", "positive"),
    ],
)
def test_what_was_good_once_what_cannot_be_had_and_denials_of_any_fault(question: str, answer: str, sentiment: str) -> None:
    found = annotate([answer], questions=[question or None], unit="text")
    assert found["sentiment"].tolist()[0] in sentiment.split("|")


def test_more_and_better_of_a_thing_is_wished_for_where_faults_are_asked_for() -> None:
    wished = annotate(
        ["More staff", "better parking", "增加座位", "更多的停车位"], questions=["What could we do better?"] * 2 + [FAULTS] * 2
    )
    assert (wished["kind"] == "wish").all()
    assert wished["valence"].between(-0.3, 0.3).all()
    blamed = annotate(["More bugs than ever", "增加了很多广告"], questions=["What could we do better?", FAULTS])
    assert (blamed["kind"] == "pain").all()


def test_outright_blame_is_no_merit() -> None:
    found = annotate(["The delivery was awful", "态度恶劣"], questions=["What did you like most?", "您最喜欢我们哪一点？"])
    assert found["sentiment"].tolist() == ["negative", "negative"]


@pytest.mark.parametrize(
    ("question", "answer", "plain"),
    [
        (MERITS, "可以看兔子", {"satisfaction"}),
        (FAULTS, "不能指定時間", {"disappointment", "frustration"}),
        (FAULTS, "想要有簡訊提醒回診", {"neutral", "hope"}),
    ],
)
def test_who_names_what_was_asked_for_feels_the_plain_emotion_and_who_wishes_none(
    question: str, answer: str, plain: set[str]
) -> None:
    found = annotate([answer], questions=[question])
    assert set(found["emotion"]) <= plain
    assert found["kind"].tolist() == ["wish" if "neutral" in plain else "delight" if "satisfaction" in plain else "pain"]


def test_leaving_hospital_is_no_wish() -> None:
    assert "wish" not in annotate(["不知道什麼時候可以出院，問誰都說等醫師"])["kind"].tolist()
    assert annotate(["可以出繁體版嗎"])["kind"].tolist() == ["wish"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("What would you like us to add?", "My email is [email] if you want to talk"), ("您还有什么建议？", "加油！"), ("您還有什麼建議？", "繼續加油"),
        ("您還有什麼建議？", "大家辛苦了"), ("您还有什么建议？", "希望越来越好"), ("What frustrates you most?", "Only been with you a few weeks so can't say"),
    ],
)  # fmt: skip
def test_goodwill_addresses_and_who_came_just_now_wish_for_nothing(asked, answer):
    found = annotate([answer], questions=[asked])
    assert found["sentiment"].isna().all()
    assert found["kind"].eq("statement").all()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("What frustrates you most?", "No Xero feed"), ("What frustrates you most?", "no human on chat"), ("Why this score?", "no branch within 30 miles now")],
)  # fmt: skip
def test_no_is_not_nothing(asked, answer):
    found = annotate([answer], questions=[asked])
    assert found["sentiment"].eq("negative").all()
    assert found["kind"].eq("pain").all()


def test_no_frustrations_at_all_is_praise():
    found = annotate(["No frustrations at all, it does what I need"], questions=["What frustrates you most?"])
    assert found["sentiment"].eq("positive").all()


@pytest.mark.parametrize(
    "text",
    [
        "快递在全国转了九天才到我家",
        "等了两个多小时才上菜",
        "客服三天后才回复",
        "半个月才收到退款",
        "打了一星期才打通",
        "等了四十分钟才来",
        "10天了才发货",
    ],
)
def test_what_came_only_after_a_time_is_blamed(text: str) -> None:
    assert answers.turned([text]) == ([0], [])


@pytest.mark.parametrize(
    "text",
    [
        "学了一个月才发现很好用",
        "隔了一年才来吃第二次",
        "两天才用完一包",
        "十分钟就到了",
        "三天才处处是花",
    ],
)
def test_what_takes_long_by_itself_did_not_come_late(text: str) -> None:
    assert answers.turned([text]) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        *("用了三年才坏", "跑了八万公里才换刹车片", "这双鞋穿了四年才开胶", "一个月才30元", "一碗面才八块钱", "一学期学费才三千"),
        *("it lasted me six years", "nine winters before it needed a part", "only £5 a month", "just two pounds for a coffee"),
        *("用到现在连一次闪退都没有", "住了三天连一点噪音都没有"),
    ],
)
def test_what_lasts_costs_little_or_has_no_fault_is_praised(text: str) -> None:
    assert answers.turned([text]) == ([], [0])


@pytest.mark.parametrize(
    "text", ["连个放包的地方都没有", "高峰期连放书包的柜子都没有", "连一句道歉都没有", "周末常常没有座位", "热水老是没有"]
)
def test_what_is_not_even_or_often_not_there_is_a_fault(text: str) -> None:
    assert answers.turned([text]) == ([0], [])


@pytest.mark.parametrize(
    "text",
    [
        "报修三年才换",
        "等了三年才修",
        "退了才三十块",
        "only five pounds back",
        "i waited two years before anyone replied",
        "连夜都没停",
        "常常没有问题",
    ],
)
def test_what_sounds_alike_is_neither(text: str) -> None:
    assert answers.turned([text])[1] == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "just printed a form",
            "i only came to pay a bill",
            "dropped off a parcel",
            "found what i wanted.",
            "to renew my passport",
            "my usual visit",
        ),
        *("只是来办卡", "来取个快递", "陪妈妈来复诊", "只买了一瓶水", "上周去做了体检"),
    ],
)
def test_an_errand_judges_nothing(text: str) -> None:
    assert framing.errand(text)
    for question in (None, "What could be better?"):
        found = annotate([text], questions=[question])
        assert found["kind"].tolist() == ["statement"]
        assert found["sentiment"].isna().all()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "just dropped off a return and still no refund",
            "printed the wrong form",
            "came to a locked door",
            "i was there for hours",
        ),
        *(
            "picked up my order within minutes",
            "took the time to explain",
            "i bought a medium and it fits",
            "来换药等很久",
            "只是来办卡，跑了三趟",
            "来办护照，很快",
        ),
    ],
)
def test_an_errand_that_goes_well_or_ill_judges(text: str) -> None:
    assert not framing.errand(text)


@pytest.mark.parametrize(
    "text", ["late night opening during exams", "a complaints box", "no more paper forms", "投诉专线", "失物招领"]
)
def test_what_is_wished_for_is_no_complaint_though_a_word_of_it_blames(text: str) -> None:
    question = "What one thing would you add?" if text.isascii() else WISHES
    assert annotate([text], questions=[question])["kind"].tolist() == ["wish"]
