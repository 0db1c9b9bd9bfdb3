"""What a question asks for, and the short answers that mean nothing without it ("Nothing" to "What could be better?" is praise)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from research_kit.text import split

_NEGATIVE = re.compile(
    r"dislike|(?:not|n't) like|like(?:d)? (?:the )?least|least (?:like|favou?rite|satisf|enjoy|helpful)|improve|better\b|worse|worst|hate|frustrat|annoy|difficult|hard(?:est)?\b|struggl"
    r"|challeng|problem|issue|pain point|obstacle|barrier|hinder|prevent|stop(?:ped|s)? you|block|missing|lack|wrong|disappoint|unhappy|unsatisf|dissatisf|complain|concern|fix\b|confus|bother"
    r"|why (?:did you|are you) (?:cancel|leav|unsubscrib|switch|return)|why not|fall short|differently|trouble|negative|weakness|downside"
    r"|改进|改善|加强|改良|提升|优化|不足|缺点|不满|不喜欢|讨厌|困扰|困难|问题(?!的回答)|遇到|抱怨|投诉|最差|最不|不好的|不便|痛点|阻碍|顾虑|犹豫|失望|做得更好|更好|取消|离开|没能|美中不足|哪里不|什么不|哪些不"
)
_POSITIVE = re.compile(
    r"(?:like|love|enjoy|appreciate|value)(?:d)?(?: about| most| best| the most)?\b|best\b|favou?rite|most (?:satisf|helpful|useful|valuable|enjoy)|went well|good about|do well|did well|doing well|strength|pleasant|delight|positive"
    r"|what worked|works well|highlight|benefit|why (?:did you|do you) (?:choose|chose|recommend)|keep doing|impress|happy with|satisfied with"
    r"|最满意|满意的|喜欢|最爱|最棒|优点|好的地方|做得好|亮点|印象最深|吸引|推荐的原因|最好|感动|称赞|值得|欣赏|优势|为什么选择|开心"
)
_BOTH = re.compile(r"would you like|like to see|(?:choose|chose|choosing|gave|give) (?:this|that|the|your|us this) (?:score|rating)|how do you like|like (?:or|and|/) ?dislike|likes? and dislikes?|pros and cons|good (?:or|and) bad|优缺点|优点和缺点|喜欢或不喜欢|满意或不满意|满不满意|好坏|why or why not|suggestion|建议|anything else|其他|还有什么想|comment", re.I)
_EDGE = " \t\r\n.,;:!?-–—_*#'\"()[]。,、~…·"

NOTHING = frozenset(
    """nothing none no nope nil n/a na n.a nada zero nowt nothing really|nothing at all|nothing to add|nothing comes to mind|nothing springs to mind|nothing i can think of|can't think of anything
    cannot think of anything|can not think of anything|not a thing|nothing much|nothing in particular|nothing particular|nothing specific|nothing to improve|nothing to change|nothing needs improving|no improvements|no improvement
    no improvement needed|no improvements needed|no complaints|no suggestions|no changes|no issues|no problems|not really|not that i can think of|none that i can think of|nothing else|nothing to report|nothing to say
    nothing, thank you|nothing thank you|nothing thanks|no thank you|don't change anything|don't change|leave it as it is|nothing at the moment|nothing at present|none at present|nothing so far|nothing could be better
    nothing could be improved|nothing could have been better|no nothing|no, nothing|absolutely nothing|nothing whatsoever|nothing, really|nothing i can think|nothing obvious|nothing wrong
    无 没有 没 没啥 没什么 没有了 没了 暂无 暂时没有 暂时无 目前没有 目前无 目前没 都没有 没有特别 没什么特别的 没有什么 没有什么特别 没什么特别 没有意见 没意见 无意见 没有建议 没建议 无建议 没有吧 没有啊 没有哦 没有喔 没了吧 没有耶 没有缺点 没缺点 没有不满意 没有不满意的 没有不满意的地方 没有需要改进的 没有需要改进的地方 没有需要改善 没有需要改善的地方 不用改 不用改进 不需要 不需要改进 都很好没有 想不到 想不出来 没想到 没有特别的 沒有 没有问题 没问题 无特别 无特殊 暂时想不到 目前想不到""".replace("\n", "|").replace("    ", "").split("|")
)
ALL = frozenset(
    """everything|every thing|all|all of it|all good|everything was good|everything is good|all of the above|all aspects|everything about it|the whole thing|it's all good|all great|everything was great|all fine|all ok|everything was fine|the lot|all of them
    全部|都好|都很好|都不错|一切都好|一切|都满意|都很满意|样样都好|每一项|都喜欢|全都喜欢|什么都好|整体|都可以|都挺好|都挺好的|都很棒|全都很好|各方面都好|所有|所有的|都还不错|一切都很好""".replace("\n", "|").replace("    ", "").split("|")
)


def _singles(words: frozenset[str]) -> frozenset[str]:
    """Where a line lists single words with blanks between them, each is an answer; Chinese never holds a blank."""
    apart = {w for entry in words for w in entry.split() if " " in entry and not entry.isascii()}
    first = {"nothing", "none", "no", "nope", "nil", "n/a", "na", "n.a", "nada", "zero", "nowt", "nothing really"} if "no complaints" in words else set()
    return words | apart | first


_NOTHING, _ALL = _singles(NOTHING), _singles(ALL)


def detect(question: str | None) -> str:
    """"positive", "negative", "neutral" or "" (no question): what an answer to this question is about."""
    if not question or not question.strip():
        return ""
    tidy = split.clean(question)
    if _BOTH.search(tidy):
        return "neutral"
    negative, positive = _NEGATIVE.search(tidy), _POSITIVE.search(tidy)
    if negative and positive:
        return "negative" if re.search(r"dislike|(?:not|n't) like|least|不喜欢|不满|最不|better|improve|更好", tidy) else "neutral"
    return "negative" if negative else "positive" if positive else "neutral"


def bare(texts: Sequence[str]) -> np.ndarray:
    """Of each text: 1 for a bare "everything", -1 for a bare "nothing", 0 for anything that says more."""
    codes = np.zeros(len(texts), np.int8)
    for i, text in enumerate(texts):
        if len(text) <= 45:
            tidy = split.clean(text).strip(_EDGE)
            codes[i] = -1 if tidy in _NOTHING else 1 if tidy in _ALL else 0
    return codes
