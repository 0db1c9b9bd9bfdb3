# ruff: noqa: E501 (long alternatives of one pattern read better unbroken)
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
_BOTH = re.compile(
    r"would you like|like to see|(?:choose|chose|choosing|gave|give) (?:this|that|the|your|us this) (?:score|rating)|how do you like|like (?:or|and|/) ?dislike|likes? and dislikes?|pros and cons|good (?:or|and) bad|优缺点|优点和缺点|喜欢或不喜欢|满意或不满意|满不满意|好坏|why or why not|suggestion|建议|anything else|其他|还有什么想|comment",
    re.I,
)
WISH = "wish"
"""Framing of an answer to a question that asks for what is not there yet; the models read it as a neutral one."""
_WISH = re.compile(
    r"(?:new|additional|extra|what|which|any|more) (?:\w+ ){0,2}(?:features?|functions?|functionality|enhancements?|additions?|changes)\b.{0,80}\b(?:would|should|could|wish|want)"
    r"|(?:would|should|could)\b.{0,40}\b(?:features?|functionality|enhancements?|additions?)\b|\blike (?:us )?to (?:see|add|introduce|offer)\b|wish ?list|feature requests?"
    r"|\b(?:any|your|have|specific|further) (?:\w+ )?suggestions?\b|suggestions? (?:for|to|on|about)\b|what (?:do|would) you wish|what should we (?:add|build|introduce|offer)"
    r"|(?:什么|哪些|有无|任何|何|您的|你的|有没有|请提供)[^,。?]{0,4}建议|建议(?:新增|增加|加入)|希望[^,。?]{0,10}(?:推出|增加|新增|增设|提供|加入|看到|开发)|想要(?:什么|哪些|的)?(?:新)?功能|许愿|愿望"
)
_NO_WISH = re.compile(
    r"comment|feedback|dislike|least|most\b|frustrat|problem|improve|difficult|do you (?:like|use)|意见|感想|留言|评论|不满|改善|改进|最"
)
_WISHFUL = re.compile(
    r"\b(?:i|we) would (?:really |also |so |still )?(?:love|like|appreciate|welcome|prefer) (?:(?:to (?:see|have|be able|get))|it if|if|an?|more|some|the (?:option|ability|possibility))\b"
    r"|\bwould (?:also |really |still |all )?be (?:really |so |very |super |even )?(?:nice|great|good|lovely|helpful|useful|handy|awesome|cool|amazing|perfect|better|welcome|ideal|appreciated|fantastic|interesting)\b"
    r"|\b(?:please|pls|plz|kindly) (?:just |do |also )?(?:add|make|bring|allow|include|consider|let|give|provide|support|offer|introduce|put|enable|keep|open)\b"
    r"|\b(?:could|can) (?:you|we|they) (?:please |also |maybe |perhaps )?(?:add|make|have|bring|include|allow|offer|provide|introduce|put|get)\b|\bi wish (?:there (?:was|were)|it (?:had|came|was|were|could))\b"
    r"|\bfeature request\b|\bhop(?:e|ing) (?:to see|you add|they add|you will|they will|there will)\b|\b(?:maybe|perhaps) (?:add|include|offer|an?|more|some)\b|\bit might be (?:nice|good|worth|useful|helpful)\b"
    r"|(?:希望|期待|盼望?|建议|恳请|拜托|求|麻烦|请)[^,。!?]{0,10}(?:增加|新增|增设|增添|添加|加入|加上?|开放|开设|开发|推出|出|支持|提供|延长|设置|设|做|能|可以|可|多|再|放|改成|改为|支援|有)"
    r"|(?:如果|要是|若是?|假如)[^,。!?]{1,24}(?:就(?:太|更|最)?(?:好|棒|赞|完美|方便)|会(?:更|很|比较)?(?:好|棒|方便|完美)|更(?:好|棒|完美|方便|佳))"
    r"|(?:能不能|可不可以|可否|能否|是否可以|可以)(?:再|也|帮忙)?(?:增加|新增|加|出|支持|支援|提供|开放|推出|做)"
)
"""Wording of a wish, whatever was asked."""
_WISH_BEGINS = (
    "would", "please", "pls", "plz", "kindly", "could ", "can you", "can we", "can they", "wish", "feature request", "hop", "maybe", "perhaps", "might be",
)  # fmt: skip
_WISH_BEGINS_HAN = tuple("希期盼建恳拜求麻请如要若假能可")
"""One of these stands in every clause with the wording of a wish: far quicker to look for."""
_WISH_WORD = re.compile(
    r"\b(?:wish\w*|would|should|could|please|pls|plz|wants?|wanted|needs?|needed|hop(?:e|es|ing)|prefer|suggest\w*|request\w*|add(?:ing)?|more|if only|ideally|maybe|perhaps|option to|ability to)\b|'d\b"
    r"|希望|建议|期待|盼|但愿|求|请|拜托|最好|应该|应当|需要|想要|如果|要是|能不能|可不可以|能否|可否|可以(?:再|更|多|增|加)|多一?点|增加|新增|加强|提供|就好了|更好"
    r"|^(?:fix|remove|stop|reduce|lower|improve|cut|drop|get rid)\b|^(?:修复|修正|减少|降低|取消|改善|改进|优化|去掉|移除|删除)"
)
_TURNS = re.compile(
    r"^(?:but |and |so |也|还|但)?(?:i (?:wish|hope)|would be (?:nice|great|good)|it would|please|希望|建议|期待|但愿|盼|如果能|要是能)"
)
"""A piece that begins like this wishes for something, whatever stood before it."""
_SCOLDS = re.compile(
    r"\b(?:actually|did not|does not|do not|stop(?:ped)?|would not|at least|for once|bother|finally|instead of|fix)\b|n't\b|不要再|别再|不再|能不能(?:别|不)|至少|起码|用点心|管管|像话|正常|真的|修"
)
_STATES = re.compile(
    r"^(?:but|though|although|however|because|since|sadly|unfortunately)\b|\b(?:is|are|was|were) (?:not|n't|too|very|so|a bit|quite|hard|difficult|slow|confusing|terrible|bad|annoying|often)\b|\b(?:can ?not|can't|do(?:es)? ?n[o']t|did ?n[o']t|is ?n't|are ?n't|has ?n't) \w+"
    r"|\b(?:takes?|took|crash\w*|fails?|breaks?|keeps? \w+ing|seems?|turns up|i (?:had|have|was|am|did|use|used|found|call|think|know|tried))\b|(?:总是|老是|经常|每次|一直|太[^多]|很难|不好|不能|不了|不到|没有人|没人)"
)
"""Wording of a finding about what there is."""
_NO_IDEA = re.compile(
    r"(?:sorry |i'?m |i |really |honestly )*(?:do not|don'?t|dunno|not|no|un|idk)? ?(?:really |quite )?(?:know|idea|sure|clue)?(?: yet| at the moment| right now)?|(?:我|还|也|暂时|目前)*(?:不知道|不清楚|不确定|不晓得|没想过|没想法|再想想)(?:了|呢|啊|耶)?"
)
NOTHING, EVERYTHING, FINE = -1, 1, 2
LONGEST = 60
"""Characters of the longest answer that is looked at as a bare one."""
_EDGE = " \t\r\n.,;:!?-–—_*#'\"()[]。,、~…·"

_NOTHING = re.compile(
    r"""(?:(?:no|well|um+|honestly|er+|absolutely|not\ much|at\ the\ moment|so\ far|right\ now|currently)[\ ,.]+)*
    (?:noth?ing|none|no|nope|nil|nill|n/?\.?a|nada|zero|nowt|zilch|not\ (?:a\ )?(?:thing|much|really|a\ lot)|can'?n?o?t\ (?:really\ )?(?:fault|think)(?:\ (?:it|you|them|of))?(?:\ (?:any\ ?thing|one))?
      |(?:i\ )?(?:can'?t|can\ ?not|could\ ?n'?t|could\ not|do\ ?n'?t|do\ not)\ (?:really\ |honestly\ )?(?:think\ of|see|find|say|come\ up\ with|fault)\ (?:any\ ?thing|it|one|a\ thing|them|you)
      |no\ (?:improvements?|suggestions?|changes?|dislikes?|negatives?|comments?)|there(?:'s|\ is|\ was)\ (?:absolutely\ |really\ )?nothing(?:\ else)?
      |leave\ it\ as\ it\ is|do\ ?n'?t\ change(?:\ (?:any\ ?thing|a\ thing))?|nothing\ comes\ to\ mind|keep\ it\ as\ it\ is)
    (?:[\ ,.]+(?:really|at\ all|else|to\ (?:add|improve|change|report|say|mention|complain\ about|dislike)|thank(?:s|\ you)|so\ far|at\ (?:the\ moment|present|this\ time)|in\ particular|specific|particular|whatsoever|i\ can\ think\ of
      |that\ i\ can\ think\ of|springs\ to\ mind|comes\ to\ mind|much|needed|required|necessary|right\ now|currently|needs?\ (?:to\ be\ )?(?:improv|chang)\w+|(?:could|can|would)\ (?:have\ been\ |be\ )?(?:done\ )?(?:better|improved|changed)
      |(?:could|can)\ be\ improved(?:\ on)?|(?:that\ )?(?:could|would)\ (?:improve|make)\b.{0,20}|obvious|wrong|bad|negative|major|off\ the\ top\ of\ my\ head|for\ now|yet|x+|really\ sorry|as\ of\ now|thank\ u))*""",
    re.VERBOSE,
)
_NOTHING_ZH = re.compile(
    r"(?:目前|暂时|暂|现在|好像|应该|我|觉得|感觉|大致上|基本上|基本|真的|完全|都|也|还|应|似乎|大概)*"
    r"(?:没有|没|无|零|没啥|没什么|想不到|想不出来?|没想到|没有什么|没有任何|不用|不需要|不必|无须|没得)"
    r"(?:了|什么|啥|特别|太大|太多|大|任何|需要|要|可以|可|能|值得|地方|的|不满意?|不好|不足|不喜欢|缺点|问题|意见|建议|改进|改善|改|抱怨|挑剔|挑|投诉|困扰|困难|麻烦|想法|想到|讨厌|之处|特殊|目前|暂时|吧|啊|哦|喔|耶|呢|啦|哈|呀|诶|欸|再|特别的|补充|特别想|说|遇到|过|大的|明显|明显的|其他|其它|好|加强|提升)*"
)
_ALL = re.compile(
    r"(?:just\ )?(?:every ?thing|all(?: of (?:it|them|the above))?|the (?:lot|whole (?:thing|lot|experience))|all aspects|every aspect|everything about it|pretty much everything|most things|a lot)(?: really| tbh| honestly)?"
    r"|(?:全部|一切|样样|每一?[项样个]|全都|什么|所有|整体|各方面|哪里|哪)(?:都|的|都是)?(?:喜欢|是)?"
)
_FINE = re.compile(
    r"no (?:complaints?|issues?|problems?|concerns?|worries)(?: at all| so far| really| here| thanks?(?: you)?)*|(?:都|完全|目前|暂时)*(?:没有?|无)(?:任何|什么|啥)?(?:问题|不满|不满意|缺点|不好|毛病)(?:了|的|啊)*|"
    r"(?:真的|实在|完全|都|也|好像)*没(?:有)?(?:什么|啥|得)(?:可|好|可以|能)?(?:挑剔|挑|嫌|抱怨|批评|投诉)(?:了|的|啊|耶)*|"
    r"(?:it'?s |it was |that was |i'?m |we'?re )?(?:(?:everything|all|it all)(?:'s| is| was| were| seems?)? ?(?:very |really |so |just )?(?:good|great|fine|ok|okay|perfect|excellent|well|brilliant|fantastic|lovely|amazing|wonderful|satisfied|happy)"
    r"|(?:very |really )?(?:happy|satisfied|pleased)(?: with (?:everything|it|all))?|perfect(?: as it is)?|fine as it is|good as it is)(?: thanks?(?: you)?| so far| here| really)*"
    r"|(?:一切|都|全部|样样|各方面|目前|整体|我觉得|觉得|已经|已|现在)*(?:都|很|挺|还|蛮|已经|已|非常|相当)*(?:好|满意|不错|可以|很好|挺好|很棒|完美|ok|还好|还行|正常|棒)(?:了|的|啊|哦|喔|啦|呀|吧)*"
)


def detect(question: str | None) -> str:
    """ "positive", "negative", "neutral" or "" (no question): what an answer to this question is about."""
    if not question or not question.strip():
        return ""
    tidy = split.clean(question)
    if _BOTH.search(tidy):
        return "neutral"
    negative, positive = _NEGATIVE.search(tidy), _POSITIVE.search(tidy)
    if negative and positive:
        return (
            "negative" if re.search(r"dislike|(?:not|n't) like|least|不喜欢|不满|最不|better|improve|更好", tidy) else "neutral"
        )
    return "negative" if negative else "positive" if positive else "neutral"


def wishes(question: str) -> bool:
    """Whether a question asks for features, enhancements or suggestions; "what could be better" asks what is wrong."""
    tidy = split.clean(question)
    return _WISH.search(tidy) is not None and _NO_WISH.search(tidy) is None


def wishful(clause: str) -> bool:
    """Whether a clause (lower-case, Simplified) has the wording of a wish that does not scold: "希望不要再..." and "if it only worked" do."""
    tidy = clause.replace("\u2019", "'").replace("'d ", " would ")
    begins = _WISH_BEGINS if tidy.isascii() else (*_WISH_BEGINS, *_WISH_BEGINS_HAN)
    if not any(map(tidy.__contains__, begins)):
        return False
    return _WISHFUL.search(tidy) is not None and _SCOLDS.search(tidy) is None


def wish_word(clause: str) -> bool:
    """Whether any word of a clause (lower-case, Simplified) may stand for a wish."""
    return _WISH_WORD.search(clause) is not None


def turns_to_wish(piece: str) -> bool:
    """Whether a piece of a sentence (lower-case, Simplified) begins as a wish."""
    return _TURNS.match(piece) is not None


def states(clause: str) -> bool:
    """Whether a clause (lower-case, Simplified) tells how things are, without the wording of a wish."""
    tidy = clause.replace("\u2019", "'")
    return _STATES.search(tidy) is not None and _WISHFUL.search(tidy.replace("'d ", " would ")) is None


def has_idea(answer: str) -> bool:
    """Whether an answer holds more than marks and "I don't know"."""
    return len(answer) > LONGEST or _NO_IDEA.fullmatch(re.sub(r"\s+", " ", split.clean(answer)).strip(_EDGE)) is None


def bare(texts: Sequence[str]) -> np.ndarray:
    """Of each text: NOTHING or EVERYTHING where it says no more than that, FINE for "all good", else 0."""
    codes = np.zeros(len(texts), np.int8)
    for i, text in enumerate(texts):
        if len(text) <= LONGEST:
            tidy = re.sub(r"\s+", " ", split.clean(text)).strip(_EDGE)
            if not tidy:
                continue
            if _FINE.fullmatch(tidy):
                codes[i] = FINE
            elif _NOTHING.fullmatch(tidy) or _NOTHING_ZH.fullmatch(tidy):
                codes[i] = NOTHING
            elif _ALL.fullmatch(tidy):
                codes[i] = EVERYTHING
    return codes
