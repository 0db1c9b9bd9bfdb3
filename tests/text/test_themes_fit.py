"""What may name a theme, and who belongs to one."""

from pathlib import Path

import pandas as pd
import pytest

from research_kit import language as languages
from research_kit.records import Theme
from research_kit.text.themes.english import phrases
from research_kit.text.themes.fit import blamed, fits
from research_kit.text.themes.labels import named
from research_kit.text.themes.model import learn

CASES = Path(__file__).parent.parent / "cases/text/one_theme.tsv"


def frame(texts, kinds, given=None):
    return pd.DataFrame(
        {
            "text": texts,
            "normal": [languages.to_simplified(text).lower() for text in texts],
            "kind": kinds,
            "language": given or ["en" if text.isascii() else "zh-Hans" for text in texts],
            "text_id": range(len(texts)),
            "valence": -0.5,
        }
    )


def label(texts, *, terms, kind, language="en"):
    mentions = pd.DataFrame({"text": texts, "language": language, "valence": -0.4 if kind == "pain" else 0.4})
    theme = Theme("t", "", kind, "", terms=terms)
    return named([theme], mentions, pd.Series(["t"] * len(texts)), (), language)[0].label


def test_what_is_said_in_many_ways_is_one_theme():
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()]
    mentions = frame([text for _, _, text in rows], "pain", [given for _, given, _ in rows])
    found = learn(mentions, (), "en").assign(mentions)

    assert {text: got for (theme, _, text), got in zip(rows, found, strict=True) if got != theme} == {}


def test_a_queue_on_the_phone_is_not_named_by_a_wish_nor_by_who_waits_for_something_else():
    texts = [
        "Took five calls and every one of them a long wait",
        "Shorter wait on the phone line",
        "Phone queue is far too long",
        "Long hold times",
        "Still waiting for a part for my boiler after six weeks",
        "I was on hold for fifty minutes",
    ]
    mentions = frame(texts, "pain")
    model = learn(mentions, (), "en")
    found = model.assign(mentions)

    assert found.drop(4).eq("pain-phone-queue").all()
    assert pd.isna(found[4])
    assert model.themes[0].label in {"Phone queue is far too long", "Long hold times"}


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("shorter wait on the phone", "pain"),
        ("better lighting", "pain"),
        ("更新快一点", "pain"),
        ("夜诊加价先告知", "pain"),
        ("味道不错", "pain"),
        ("not bad", "pain"),
        ("会再补货", "pain"),
        ("helpline says doesn't exist", "pain"),
        ("arrived a day late but undamaged", "pain"),
        ('signed for by "n', "pain"),
        ("you're still in contract", "pain"),
        ("床单没有味道", "pain"),
        ("box a bit battered", "delight"),
        ("price rise", "delight"),
        ("免费停车只有六格", "delight"),
        ("便宜是便宜", "delight"),
        ("作业有点多", "delight"),
        ("not easy to find", "delight"),
        ("页面把尺寸", "delight"),
    ],
)
def test_a_name_has_the_pole_of_its_theme(phrase, kind):
    assert not fits(phrase, kind)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("classes fill up too fast", "pain"),
        ("more expensive than before", "pain"),
        ("风扇声音大", "pain"),
        ("闪退", "pain"),
        ("no bill shock", "delight"),
        ("房间宽敞", "delight"),
        ("便宜", "delight"),
        ("夜间模式", "wish"),
    ],
)
def test_a_name_that_says_it_stays(phrase, kind):
    assert fits(phrase, kind)


def test_a_delight_in_a_fault_is_that_there_is_none():
    assert not fits("瑕疵", "delight", fault=True)
    assert fits("东西也没有瑕疵", "delight", fault=True)
    assert label(["昨天下单今天就到，质量差", "质量差"], terms=("@quality_bad",), kind="delight", language="zh-Hans") == ""


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("Shorter wait on the phone", "wait on the phone"),
        ("Stop the music", "the music"),
        ("不要一直推銷", "一直推銷"),
        ("别家便宜", "别家便宜"),
        ("Stop", "Stop"),
    ],
)
def test_who_asks_for_an_end_of_it_complains_of_it(phrase, found):
    assert blamed(phrase) == found


@pytest.mark.parametrize(
    ("text", "near", "cut"),
    [
        ("Came a day early and the driver carried it upstairs", "day", "day early and the driver"),
        ("please tell the driver the bell does not work", "driver", "driver the bell does not work"),
        ("Drinks are made when not ready drinks are asked for", "drink", "not ready drinks"),
        ("the packaging away from the door", "packaging", "packaging away"),
    ],
)
def test_an_english_name_is_not_cut_off(text, near, cut):
    assert cut not in [phrase.lower() for phrase in phrases(text, frozenset([near]))]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["See my last three invoices", "Invoice", "invoice from March"], "Invoice"),
        (["My bill goes up every April", "bill", "a bill for a line I never had"], "Bill goes up every April"),
        (["Double the quote on the invoice", "invoice was double the quote"], "Invoice was double the quote"),
    ],
)
def test_a_thing_is_named_with_what_is_wrong_or_alone(texts, found):
    assert label(texts, terms=("@billing",), kind="pain") == found


def test_a_broad_thing_is_named_by_its_usual_word_only():
    texts = ["保修期刚过就坏了", "保修太短", "保修不认", "保修期内也收费", "保修难", "配件不全"]

    assert label(texts, terms=("@repair",), kind="pain", language="zh-Hans") != "配件不全"


def test_a_broad_thing_is_not_named_by_one_persons_story():
    texts = ["毛巾要租", "毛巾有霉味", "毛巾薄得可以透光", "打掃的人沒禮貌", "毛巾灰灰的", "沒有毛巾可以換"]

    assert label(texts, terms=("@housekeeping",), kind="pain", language="zh-Hant") != "毛巾要租"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("推送轰炸", "delight"),
        ("以前免费，现在全都要会员", "delight"),
        ("不会一直推销", "pain"),
        ("could not fault the phone queue", "pain"),
    ],
)
def test_who_says_the_opposite_does_not_belong_to_a_theme(text, kind):
    glad = ["推送很及时", "推送很贴心", "推送不错", "会员很划算", "会员好用", "会员值得"]
    texts = [*glad, "一直推销", "推销太烦", "phone queue", "on hold", text]
    mentions = frame(texts, ["delight"] * 6 + ["pain"] * 4 + [kind])

    found = learn(mentions, (), "zh-Hans").assign(mentions)

    assert found.iloc[6:10].notna().all()
    assert pd.isna(found.iloc[10])


def test_who_is_glad_that_nothing_is_wrong_belongs():
    mentions = frame(["会员很划算，不后悔", "会员好用", "会员没让人失望"], "delight")

    assert learn(mentions, (), "zh-Hans").assign(mentions).notna().all()


def test_what_half_of_a_theme_say_word_for_word_is_its_name_and_no_quote():
    said = ["志工會帶路，很感心"] * 3 + ["門口的志工很熱心"]

    assert label(said, terms=("@volunteers",), kind="delight", language="zh-Hant") == "志工會帶路"
    assert label([*said[2:], *["有志工"] * 5], terms=("@volunteers",), kind="delight", language="zh-Hant") == "志工"


@pytest.mark.parametrize(
    ("texts", "theme"),
    [
        (["the nurses sang to us", "a nurse held my hand", "Nurses"], "delight-nurses"),
        (["my doctor drew me a picture", "Doctors", "the doctor rang back at night"], "delight-doctors"),
        (["志工會帶路", "門口的志願者幫我推輪椅", "義工阿姨"], "delight-volunteers"),
        (["空姐给我拿了毯子", "乘务长记得我的名字", "空服員"], "delight-crew"),
        (["护士", "護理師打針", "护士小姐笑咪咪"], "delight-nurses"),
    ],
)
def test_nurses_doctors_volunteers_and_cabin_crew_are_a_theme_each(texts, theme):
    others = ["the lift", "free parking", "warm soup"]
    mentions = frame([*texts, *others], "delight")

    assert learn(mentions, (), "en").assign(mentions).fillna("").tolist() == [theme] * 3 + [""] * 3


@pytest.mark.parametrize("denied", ["不难吃", "不算难喝", "不差", "不慢", "not too expensive", "not slow"])
def test_a_denied_fault_names_no_pain(denied: str) -> None:
    assert not fits(denied, "pain")


@pytest.mark.parametrize("fault", ["难吃", "不太好吃", "不差钱", "差不多就好", "乱七八糟", "not easy to find"])
def test_a_fault_that_looks_like_a_denial_still_names_one(fault: str) -> None:
    assert fits(fault, "pain")
