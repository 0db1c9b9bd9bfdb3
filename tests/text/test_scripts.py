# ruff: noqa: E501 (pairs of sentences)
"""Traditional and Simplified versions of a text get the same answer, also with the words of Taiwan and the Mainland."""

from __future__ import annotations

from pathlib import Path

import pytest

from research_kit import language
from research_kit.text import annotate
from research_kit.text.signs import lexicon

SPOKEN = Path(__file__).parents[1] / "cases" / "text" / "pairs_spoken.tsv"

TRADITIONAL = [
    "服務很好，但是價格太貴了", "等了四十分鐘還沒輪到", "客服電話打了五次都沒人接", "介面很簡單，一看就懂", "品質不錯，會再回購", "螢幕收到就有刮痕",
    "排隊排到天荒地老", "老闆人很親切，還多送我一個", "說明書完全看不懂", "希望可以增加停車位", "本來很期待，結果很失望", "終於修好了，鬆了一口氣",
]  # fmt: skip
PAIRS = [
    ("品質很好", "质量很好"), ("網路很慢", "网络很慢"), ("超雷", "很坑"), ("CP值超高", "性价比超高"), ("店員很機車", "店员很恶劣"), ("簡訊一直收不到", "短信一直收不到"),
    ("這家店真的踩雷", "这家店真的踩坑"), ("軟體很難用", "软件很难用"), ("登入不了", "登录不了"), ("宅配很快", "快递很快"), ("有夠慢", "非常慢"), ("傻眼", "无语"),
]  # fmt: skip
SAME = ["sentiment", "emotion", "kind"]


def test_character_by_character_pairs_get_the_same_answer() -> None:
    one = annotate(TRADITIONAL)
    other = annotate([language.to_simplified(t) for t in TRADITIONAL])

    assert one[SAME].equals(other[SAME])
    assert one["valence"].equals(other["valence"])


@pytest.mark.parametrize(("taiwan", "mainland"), PAIRS)
def test_words_of_taiwan_and_the_mainland_get_the_same_answer(taiwan: str, mainland: str) -> None:
    found = annotate([taiwan, mainland], unit="text")

    assert found.loc[0, SAME].tolist() == found.loc[1, SAME].tolist()


def test_quotes_stay_as_they_were_written() -> None:
    assert annotate(["品質很好，但是網路很慢"])["text"].tolist() == ["品質很好", "但是網路很慢"]


def test_spoken_wordings_of_taiwan_and_the_mainland_are_read_alike() -> None:
    pairs = [line.split("\t") for line in SPOKEN.read_text(encoding="utf-8").splitlines()[1:]]
    found = annotate([text for pair in pairs for text in pair], unit="text")[SAME].astype("str").to_numpy()
    alike = found[::2] == found[1::2]

    assert len(pairs) == 100
    assert alike.all(axis=1).mean() >= 0.85
    assert alike[:, SAME.index("sentiment")].mean() >= 0.95


def test_what_a_taiwan_word_becomes_is_read_no_further() -> None:
    assert {word: again for word in set(lexicon.regional().values()) if (again := lexicon.even(word)) != word} == {}


@pytest.mark.parametrize(
    "said",
    [
        "盘子很漂亮",
        "荷包蛋",
        "小黄瓜很脆",
        "等了三小时",
        "不可思议",
        "轮胎漏气",
        "野蛮",
        "尴尬",
        "烟味很呛",
        "油烟呛人",
        "豪华套房",
        "耶,终于",
    ],
)
def test_words_that_only_look_like_taiwan_words_stay(said: str) -> None:
    assert lexicon.even(said) == said.replace("小黄瓜", "黄瓜")


@pytest.mark.parametrize("said", ["真的很慢", "还可以", "味道不错", "不好吃", "会想再来"])
@pytest.mark.parametrize("particle", ["喔", "耶", "啦", "咧", "齁", "啦啦啦"])
def test_particles_at_the_end_change_nothing(said: str, particle: str) -> None:
    assert lexicon.even(f"{said}{particle},{said}{particle}") == lexicon.even(f"{said},{said}")
