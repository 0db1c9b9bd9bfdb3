"""What the business replies under a comment is not the commenter's."""

from __future__ import annotations

import pytest

from research_kit.text import annotate


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("房间很吵，睡不着。", "宾馆反馈 2008年3月13日 ： 您好，非常感谢您的支持，期待您再次光临！"),
        ("等了兩個小時，很差。", "店家回覆：感謝您的寶貴意見，我們會更好，祝您愉快！"),
        ("Broken on day two, awful.", "Response from the owner: We are happy to help, thank you and all the best!"),
    ],
)
def test_a_reply_is_not_assessed_and_does_not_sway_the_text(said: str, reply: str) -> None:
    both = annotate([f"{said} {reply}"])
    theirs = both["text"].map(reply.__contains__)

    assert theirs.any()
    assert both.loc[theirs, "sentiment"].isna().all()
    assert both.loc[theirs, "kind"].eq("statement").all()
    assert both.loc[~theirs, "sentiment"].tolist() == annotate([said])["sentiment"].tolist()
    alone = annotate([said, f"{said} {reply}"], unit="text")["valence"]
    assert alone[0] == pytest.approx(alone[1])
    assert alone[1] < 0


def test_a_reply_says_nothing_to_the_last_text_of_a_batch() -> None:
    reply = "房间很吵，睡不着。 宾馆反馈 2008年3月13日 ： 您好，非常感谢您的支持，期待您再次光临！"
    last = "房间太小，酒店的位置还行。"

    assert annotate([reply, last])["valence"].tolist()[-1:] == annotate([last])["valence"].tolist()
    assert annotate([reply, last], unit="text")["valence"].tolist()[-1:] == annotate([last], unit="text")["valence"].tolist()


@pytest.mark.parametrize(
    "text", ["客服回复很快，很满意", "店家回覆：感謝您的支持", "Their reply from support was quick and helpful"]
)
def test_talk_of_replies_is_none(text: str) -> None:
    assert annotate([text])["sentiment"].tolist()[0] == "positive"
