# ruff: noqa: E501 (patterns that read better unbroken)
"""What short answers mean by what was asked: things and facts under a question for merits are merits, under one for faults faults; proposals
are wishes; and what is named in answer to a question for wishes is wished for, unless it judges what there is."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from research_kit.text import english, pains
from research_kit.text.framing import LONGEST, has_idea

BRIEF = {True: 48, False: 20}
"""Characters of a short answer, of ASCII or not."""
BARE = {True: 24, False: 7}
"""The same of one that names a thing and hardly more."""
FEW = 2
"""Clauses of a text up to which they are answers, not stories."""
RARELY = 1e-3
"""What a mere statement counts among brief answers that name what was asked for."""
FAINT, OUTRIGHT = 0.3, 0.5
"""Value of a word (strongest and weakest of a clause) that leans, and of one that judges."""
_PRAISE, _BLAME = (0.0, 0.5, 1.5), (1.5, 0.5, 0.0)

_GOODS = r"选择|种类|品种|品类|款式|优惠|折扣|活动|福利|赠品|空间|场地|效率|性价比|质量|品质|水平|素质|专业度|可信度|cp值|人情味|诚意|速度|车位|分店|口碑|评价|信誉|颜值|回报|成功率|准确率|内容|资源|功能|停车场|座位|知识|干货|份量|分量|料"
_LARGE = re.compile(
    r"^(?P<what>[\u4e00-\u9fff\w]{1,8}?)(?:都|也|又|实在|真的)?(?:很|太|偏|较|比较|有点|有些|稍微?|过|过于|越来越|特别|非常|好)?(?:高|多|长|久|大|远|少|慢|低|旧|窄|挤|重|贵|短|吵|杂)(?:了|的|啊|喔|哦)?[。!~.]*$"
)
_GOOD_THING = re.compile(rf"(?:{_GOODS})$")
_OPEN_LONG = re.compile(
    r"(?:营业|开放|服务|看诊|门诊|保固|保修|质保|续航|使用|待机|保鲜|保存|供应|试用|免费)(?:的)?(?:时间|时长|时数|期限?|时段|小时|力)?(?:很|较|比较|够|也|都|特别|超|非常|好)?(?:长|久|晚|早|多)|\d+小时|二十四小时|全天|全年|假日(?:也|都)?有|(?:营业|开)到(?:很晚|半夜|凌晨|深夜|晚上|午夜|\d)"
)
"""What is good when it is long: hours and guarantees."""

_PROPOSES = re.compile(
    r"(?<![还都也就才不])可以(?!的|了|吗|啊|接受|理解|说|看出|更好|好一点|感觉|感受|算|是)(?=[\u4e00-\u9fff])|可以[^,。!?]{1,16}(?:一点|一些|一下|吗)|能不能|可不可以|可否|能否|是否可以|是不是可以|是否能"
    r"|^(?:\W*(?:maybe|perhaps|possibly|i think|i guess|just|and|but) )*(?:(?:you|they|we|staff|it|there|the \w+|someone|somebody|\w+s) )?(?:could|might)(?: (?:please|maybe|perhaps|also|just|really|do with|always|possibly))* (?!not\b|have\b(?! (?:an?|more|some|the|another|\w+er)\b)|never\b|hardly\b|barely\b|only\b|hear\b|see\b|smell\b|feel\b|tell\b|(?:be |do |have been )?(?:so |a lot |much |a bit |a little |slightly )?(?:better|improved?|worse)\b|say\b|care\b|get through\b|find\b|understand\b)[a-z]"
    r"|^(?:\W*(?:please|and|so|but) )*(?:can|could|would|will) (?:you|we|they|i|there|it|someone|staff|the \w+)\b(?!.{0,40}\bbelieve)|^(?:maybe|perhaps) (?:an?|some|more|the|have|offer|add|put|get|let|use|try|open)\b|\bhow about\b|\bwhat about (?:an?|some|adding|having)\b|\bwhy not (?:have|offer|add|put|make|use|open)\b"
)
_PROPOSAL_WORDS = ("could", "can ", "may", "might", "would", "will ", "perhaps", "about", "why not")
_PROPOSAL_SIGNS = (*_PROPOSAL_WORDS, *"可能否再点些")
"""One of these stands in every proposal: far quicker to look for."""
_KEEN = r"便宜|大|小|快|慢|多|少|早|晚|长|短|高|低|轻|重|软|硬|亮|暗|简单|清楚|明确|温柔|温和|友善|友好|亲切|热情|主动|积极|干净|安静|舒服|舒适|方便|详细|仔细|细心|专业|好|准时|准|准确|丰富|多样|新|宽|宽敞|厚|薄|淡|甜|咸|辣|凉|热|暖|灵活|人性化|透明|合理|公平|耐心|贴心|礼貌|客气|近|松|稳定|流畅|顺畅|美观|活泼|有趣|精简|简洁|容易|及时|优惠|柔和|认真|负责|同理心|用心|弹性"
_BIT = re.compile(
    rf"(?:{_KEEN})(?:一点点?|一些|点|些)(?:就好了?|会更好|更好|吧|吗|嘛|啦|呢)?[。!?~.]*$|再(?:{_KEEN})$|多一(?:点|些)[\u4e00-\u9fff]{{1,10}}$"
)
_SCOLDS = re.compile(
    r"不要再|别再|不能再|到底|像话|管管|根本|居然|竟然|\b(?:stop|actually|at least|for once|bother\w*|instead of)\b|n't\b|\bnot\b|\bnever\b|有点|一点都|一点也|比"
)

_JUDGES = re.compile(
    r"^(?:i|we|you|they|he|she|it|this|that|these|those|everything|everyone|all|nothing|the|my|our|your|staff|service|there)\b.{0,40}?(?:\b(?:is|are|was|were|am|love[ds]?|likes?|liked|enjoy\w*|appreciated?|hate[ds]?|works?|worked|has|have|had|did|does|do|keeps?|kept)\b|'s\b|'re\b|'m\b)"
    r"|^(?:(?:very|really|so|too|quite|pretty|absolutely|all|already|just|simply|overall|a|an|such) ){0,3}(?:good|great|excellent|perfect|fine|fantastic|amazing|brilliant|lovely|love|loved|happy|satisfied|awesome|nice|wonderful|superb|outstanding|best|cool|pleased)(?: \w+){0,2}[.!]*$|\b(?:thank you|thanks|well done|keep up|keep it up|good job|great job|as it is|as is|already)\b"
    r"|很(?!多)|非常|太(?!阳)|真的|真是|超(?:级|赞|棒|好|喜欢|爱)|挺|蛮|十分|已经|相当|不错|满意|谢谢|感谢|完美|赞$|棒$|喜欢|好评|继续保持|都好|都可以$|够用|够了"
)
_SUBJECT = re.compile(r"(?:i|it|they|he|she|you|nobody|no one|no-one|everybody|everyone|someone)\b")
_PRESENT = frozenset(("VBZ", "VBD", "VBP", "MD"))
_SPARED = re.compile(
    r"^(?:there (?:is|are|was|were) |it'?s |it was |i |we |you )?(?:never|no|not|hardly any|did ?n'?t|do ?n'?t|does ?n'?t|without|zero)(?: \w+){0,3}? (?:wait\w*|queu\w*|lines?|crowd\w*|hassle|fuss|hidden|charges?|fees?|contract|pushy|pressure\w*|push\w*|rush\w*|hurry|noise|noisy|loud|smell\w*|ads?|adverts|problems?|issues?|complain\w*|chas\w*|expensive|pain\w*|stress\w*|boring|judg\w*)\b"
    r"|(?:不会|不用|不必|不需要?|没有?|无|从不|免)(?:一直|硬|强|乱|再|太|任何|什么|隐藏|额外)?(?:推销|强迫|逼|排队|等|出门|广告|赶|催|担心|怕|压力|套路|吵|痛|异味|味道|油烟|怪味|臭味|臭|限时|低消|抢|找|跑|隐藏|收费|费用|加价|乱收|强制|押金|手续费|冷场|噪音)|不(?:太|会太|那么|怎么)?(?:贵|吵|痛|难|挤|脏|腻|油|远|麻烦|卡|晒|无聊|复杂|刺激|踩雷|收费|加价|塞车|拥挤|伤胃|伤手|掉色|闷)"
)
"""Praise by what one is spared."""
_OWN_STORY = re.compile(r"(?:i|we|my|our)\b|我")
_NOT = re.compile(r"\b(?:no|not|never|too|nobody|nothing|only)\b|n['\u2019]?t\b|不|没|无|太|才|只")
_DENIES = re.compile(
    r"\b(?:no|not|nothing|none|nope|never|nil|nowt|zero|yes|yeah|ok|okay|alright|all|fine|good|great|well|happy|keep|carry on)\b|n['\u2019]?t\b|没|无|不|都|全|好|行|棒|赞|满意|喜欢|可以|ok|继续|保持|加油|感谢|谢"
)
"""Wording of an answer that may deny that there is a fault: not to be taken for a thing."""
_KEEPS = re.compile(
    r"\b(?:said|promised|told|agreed|expected|thought|hoped)\b.{0,24}\bwould\b|\b(?:as|when|what|than|where|that|how) (?:i|we|they|he|she|it|you)\b.{0,16}\bwould\b"
)


def leaned(
    logits: np.ndarray,
    asked: np.ndarray,
    said: Sequence[str],
    words: tuple[np.ndarray, np.ndarray],
    which: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """The logits of POLES of clauses with brief answers read by their question. ``asked``: framing of each clause's question; ``said``: the
    clauses, normalised; ``words``: their strongest and weakest word; ``which``: those that stand in a short text,
    and those that were read without their question."""
    (strongest, weakest), (alone, settled) = words, which
    best = logits.argmax(axis=1)
    fine = np.flatnonzero((asked == "positive") & alone & (best != 2)).tolist()
    good = [i for i in fine if _merit(said[i], bool(best[i] == 0), float(weakest[i]))]
    bland = np.flatnonzero((asked == "negative") & alone & (best != 0)).tolist()
    bad = [i for i in bland if _fault(said[i], float(strongest[i]), bool(settled[i]))]
    if good or bad:
        logits = logits.copy()
        logits[good], logits[bad] = _PRAISE, _BLAME
    return logits


def named(asked: np.ndarray, said: Sequence[str], poles: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Brief answers that name the fault or the merit that was asked for: pains and delights, not mere statements."""
    best = poles.argmax(axis=1)
    found = alone & (((asked == "negative") & (best == 0)) | ((asked == "positive") & (best == 2)))
    found[[i for i in np.flatnonzero(found).tolist() if len(said[i]) > BRIEF[said[i].isascii()]]] = False
    return np.asarray(found)


def _merit(text: str, blames: bool, weakest: float) -> bool:
    """Whether a brief answer to a question for merits names one: a thing or a fact that does not complain."""
    if len(text) > BRIEF[text.isascii()] or not has_idea(text):
        return False
    if _OPEN_LONG.search(text) or _KEEPS.search(text) or _SPARED.search(text.replace("\u2019", "'")):
        return True
    if weakest <= -OUTRIGHT:
        return False
    if blames:
        return not pains.complains(text) and _SCOLDS.search(text) is None
    return _OWN_STORY.match(text) is None and not (_NOT.search(text) and pains.complains(text))


def _fault(text: str, strongest: float, settled: bool) -> bool:
    """Whether a brief answer to a question for faults names one: much or little of something, or a bare thing that nobody praises."""
    if len(text) > BRIEF[text.isascii()] or not has_idea(text):
        return False
    large = _LARGE.match(text)
    if large:
        return _GOOD_THING.search(large["what"]) is None and _OPEN_LONG.search(text) is None
    if settled or strongest >= FAINT or _DENIES.search(text):
        return False
    return len(text) <= BARE[text.isascii()] and _JUDGES.search(text) is None


def proposes(text: str) -> bool:
    """Whether an answer (lower-case, Simplified) to a question for faults or wishes has the form of a proposal that does not scold."""
    if not any(map(text.__contains__, _PROPOSAL_WORDS if text.isascii() else _PROPOSAL_SIGNS)):
        return False
    tidy = text.replace("\u2019", "'")
    return (_PROPOSES.search(tidy) is not None or _BIT.search(tidy) is not None) and _SCOLDS.search(tidy) is None


def judges(text: str) -> bool:
    """Whether an answer (lower-case, Simplified) to a question for wishes has the form of a judgement, not of a thing or an act."""
    return _JUDGES.search(text.replace("\u2019", "'")) is not None and _BIT.search(text) is None


def tells(text: str) -> bool:
    """Whether an answer is a sentence on what there is: an English one has a finite verb that does not stand first."""
    if not text.isascii() or len(text) > LONGEST or _SUBJECT.match(text):
        return True
    return any(tag in _PRESENT for tag in english.parts_of_speech(text.split())[1:])
