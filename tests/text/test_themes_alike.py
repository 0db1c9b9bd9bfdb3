"""What people say in the same words is a theme; bare verdicts are none."""

from __future__ import annotations

import pytest

from research_kit import language as languages
from research_kit.study import ThemeSpec
from research_kit.text.themes.alike import alike, tells
from research_kit.text.themes.model import learn

from .mentions import frame


def found(texts, kind="pain", language="en"):
    mentions = frame(texts, kind)
    model = learn(mentions, (), language)
    return model.assign(mentions).fillna("").tolist(), {theme.id: theme.label for theme in model.themes}


@pytest.mark.parametrize(
    ("texts", "kind", "language", "theme", "label"),
    [
        (["Finn knows nothing.", "finn knows nothing 😡", "FINN KNOWS NOTHING"], "pain", "en", "pain-finn-knows-nothing", "Finn knows nothing"),
        (["set my own limits", "Set my own limits!", "SET my own limits"], "wish", "en", "wish-set-my-own-limits", "Set my own limits"),
        (["前排一放倒我就没法动", "前排一放倒我就沒法動！", "前排一放倒我就没法动…"], "pain", "zh-Hant", "pain-前排一放倒我就没法动", "前排一放倒我就沒法動"),
        (["希望藥可以寄到家", "希望药可以寄到家", "希望藥可以寄到家 🙏"], "wish", "zh-Hant", "wish-希望药可以寄到家", "藥可以寄到家"),
        (["说好八点飞，十一点才飞", "说好八点飞，十一点才飞!", "说好八点飞 十一点才飞"], "pain", "zh-Hans", "pain-说好八点飞", "说好八点飞，十一点才飞"),
    ],
)  # fmt: skip
def test_what_three_people_say_in_the_same_words_is_a_theme_named_so(texts, kind, language, theme, label):
    assert found([*texts, "a dragon ate the cake"], kind, language) == ([*[theme] * 3, ""], {theme: label})


@pytest.mark.parametrize("kind", ["pain", "delight", "wish"])
@pytest.mark.parametrize(
    "text",
    "good;Good!;N/A;n/a;nothing;very happy;Great app;awful, awful;5 stars;so-so;👎;沒有;没有;無;很好;還不錯;都很滿意;非常满意;太差了;体验感很好;垃圾软件;"
    "希望越来越好".split(";"),
)  # fmt: skip
def test_a_bare_verdict_is_no_theme_however_many_say_it(text, kind):
    assert alike(frame([text] * 5, kind)) == []
    assert not tells(languages.to_simplified(text).lower())


def test_two_people_or_one_person_often_make_none():
    texts = ["Finn knows nothing"] * 3
    assert alike(frame(texts[:2])) == []
    assert alike(frame(texts).assign(text_id=[7, 7, 8])) == []
    assert [one.slug() for one in alike(frame(texts))] == ["finn-knows-nothing"]


def test_among_very_many_people_three_are_none():
    many = [f"{word} {thing}" for word in ("the", "a", "my") for thing in (f"q{i}x" for i in range(500))]

    assert alike(frame(["Finn knows nothing"] * 3 + many)) == []
    assert [one.plain for one in alike(frame(["Finn knows nothing"] * 4 + many))] == ["finn knows nothing"]


def test_what_a_theme_speaks_of_already_joins_it_and_makes_none():
    texts = ["waited an hour at the counter"] * 3 + ["long wait", "waiting for ages", "the wait was long"]

    assert set(found(texts)[0]) == {"pain-waiting"}


def test_a_long_text_is_named_by_its_first_part_that_tells():
    texts = ["Brilliant, it made me register again after the last update, so that I lost all three of my cars"] * 3
    (one,) = alike(frame(texts))

    assert one.label("pain", "en") == "It made me register again after the last update"
    assert one.slug() == "brilliant-it-made-me-register-again"


def test_a_name_is_free_of_emoji_and_capitals_where_anybody_wrote_it_so():
    (one,) = alike(frame(["FINN KNOWS NOTHING 🤡", "finn knows nothing 🤡", "finn knows nothing 🤡!"]))

    assert one.label("pain", "en") == "Finn knows nothing"


@pytest.mark.parametrize(
    ("spec", "theme", "label"),
    [
        (ThemeSpec(id="pain-finn-knows-nothing", label="The bot"), "pain-finn-knows-nothing", "The bot"),
        (ThemeSpec(id="pain-bot", label="The bot", merge=("pain-finn-knows-nothing",)), "pain-bot", "The bot"),
        (ThemeSpec(id="pain-bot", merge=("pain-finn-knows-nothing",)), "pain-bot", "Finn knows nothing"),
        (ThemeSpec(id="pain-finn-knows-nothing", dismiss=True), "", ""),
    ],
)
def test_the_study_file_renames_merges_and_dismisses_it(spec, theme, label):
    mentions = frame(["Finn knows nothing"] * 3 + ["slow lift", "cold soup"])
    model = learn(mentions, (spec,), "en")

    assert model.assign(mentions).fillna("").tolist() == [theme] * 3 + [""] * 2
    assert {t.id: t.label for t in model.themes}.get(theme, "") == label
    assert model.unknown == ()


def test_another_wave_finds_it_again():
    first = learn(frame(["Finn knows nothing"] * 3), (), "en")
    second = learn(frame(["Finn knows nothing", "slow lift"]), (), "en", first.themes)

    assert second.assign(frame(["so, Finn knows nothing"])).tolist() == ["pain-finn-knows-nothing"]


def test_the_order_of_people_does_not_matter():
    texts = (
        ["FINN KNOWS NOTHING", "finn knows nothing", "Finn knows nothing."]
        + ["no sofa, no call"] * 3
        + ["The veneer was chipped"] * 4
    )
    one, other = (learn(frame(order), (), "en").themes for order in (texts, texts[::-1]))

    assert sorted(one, key=lambda theme: theme.id) == sorted(other, key=lambda theme: theme.id)
    assert "Finn knows nothing" in {theme.label for theme in one}


NOISE = {
    "en": "The lane up to the place is full of potholes;Vaccination rules changed without a word;A member of staff smoked in the yard"
    ";My card was declined at their terminal;The contract is nine pages long;No shade over the parking spaces;Gate did not close;Never on a Sunday"
    ";The heating broke in February;Feeding at six is too early for mine;good;Good!;good;N/A;n/a;N/A;nothing;nothing;nothing",
    "zh-Hans": "门口停了太多共享单车;垃圾分类时间太短;厨房不能明火;窗户外面就是高架;发票要等一个月;洗衣房在地下二层;户口迁不进来;密码锁没电进不了门"
    ";没有;没有。;没有;很好;很好;很好;无;无;无",
    "zh-Hant": "門口停了太多腳踏車;垃圾分類時間太短;廚房不能用明火;窗外就是高架橋;發票要等一個月;洗衣間在地下二樓;戶口遷不進來;密碼鎖沒電進不了門"
    ";沒有;沒有;沒有～;還不錯;還不錯;還不錯;N/A;N/A;N/A",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["pain", "delight", "wish"])
@pytest.mark.parametrize("language", NOISE)
def test_noise_alone_makes_no_theme(language, kind):
    assert found(NOISE[language].split(";"), kind, language)[1] == {}


def test_the_pick_up_of_a_dog_is_no_phone_queue():
    texts = ["Pick-up on Sundays", "Sunday pick up", "open on Sunday", "Sundays", "Grooming before pick-up"]
    assert found(texts, "wish")[0] == [*["wish-sunday"] * 4, ""]
    assert set(found(["nobody picks up", "they never pick up the phone", "on hold for an hour"])[0]) == {"pain-phone-queue"}
