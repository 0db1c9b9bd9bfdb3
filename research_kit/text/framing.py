# ruff: noqa: E501 (long alternatives of one pattern read better unbroken)
"""What a question asks for, and the short answers that mean nothing without it ("Nothing" to "What could be better?" is praise)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from research_kit.text import split
from research_kit.text.beginnings import Beginnings
from research_kit.text.vocabulary.numbers import codes_of

_NEGATIVE = re.compile(
    r"dislike|(?:not|n't) (?:like|work|happy|satisf)|like(?:d)? (?:the )?least|\bleast (?:like|favou?rite|satisf|enjoy|help|use|valu)|the least\b|\bless helpful|improv(?:e|ing)|better\b|worse|worst|hate|frustrat|annoy|irritat|difficult|hard(?:est)?\b|struggl"
    r"|challeng|problem|issue|pain point|obstacle|barrier|hinder|prevent|stop(?:ped|s|ping)? (?:you|people|us)|block|missing|lack|wrong|badly|disappoint|unhappy|unsatisf|dissatisf|complain|concern|fix\b|confus|bother|regret|unclear|unnecessar|uncomfortable|inconvenien|unfair|unreliab|most (?:work|attention)\b|too (?:long|slow|much|many|complicated|hard|expensive|late)|waste|made you (?:leave|cancel|stop|switch|quit|angry|give up|unhappy|sad)|give up|slow(?:ed|s)? you|last straw|turned? you (?:off|away)|cost you time"
    r"|why (?:did you|are you|do you want to|would you) (?:cancel|leav|unsubscrib|switch|return|stop|quit)|why not|fall short|fell short|differently|trouble|negative|weakness|downside|drawback|let (?:you|us) down|put(?:s|ting)? you off|shortcoming|go badly"
    r"|改进|改善|加强|改良|提升|优化|不足|缺点|缺失|不满|不喜欢|讨厌|困扰|困难|问题(?!的回答)|遇到|抱怨|投诉|吐槽|槽点|最差|最不|最烦|最糟|最麻烦|头疼|头痛|受不了|不好的|不便|不方便|不舒服|痛点|阻碍|障碍|顾虑|疑虑|犹豫|失望|遗憾|后悔|做得更好|可以更好|更好|做得不"
    r"|不(?:愉快|开心|高兴|再|懂|清楚|明白|合理|理想|公平|安心|信任|愿|想|推荐|会再|习惯|适|顺|值|够好|如预期)|没有?(?:任何|什么)?(?:帮助|用|兴趣|意义|必要)|卡住|检讨|检视|可惜|停止|浪费|太(?:久|慢|贵|难|多|少|复杂)|生气|烦躁|烦恼|难用|难懂|卡关|受挫|挫折|糟糕|痛苦|困惑|担心|缺憾|欠缺|疏失|失误|流失|取消|离开|卸载|退租|退订|退出|没能|美中不足|哪里不|什么不|哪些不|有待|为什么不|放弃"
)
_POSITIVE = re.compile(
    r"(?:like|love|enjoy|appreciate|value)(?:d)?(?: about| most| best| the most)?\b|best\b|favou?rite|most (?:satisf|helpful|useful|valuable|enjoy|proud|memorable)|went well|go well|good about|\b(?:do|does|did|doing|done)\b.{0,30}\bwell\b|going well|exceed|above and beyond|to thank\b|smile|\bhappy\b(?! to)|good at\b|help(?:s|ed|ful)? (?:you )?(?:the )?most\b|helped you|grateful|thankful|strength|pleasant|delight|positive|advantage"
    r"|what worked|works? well|highlight|benefit|why (?:did you|do you|would you|are you) (?:still )?(?:choose|chose|pick|recommend|stay|come back|keep|return|renew|loyal)|keep doing|impress(?!ion)|\bhappy with|\bsatisfied with|stood out|stands? out|keeps? you (?:coming|using|with|here|loyal)|special\b|would you miss"
    r"|最满意|满意的|喜欢|最爱|最棒|最赞|最享受|最难忘|最有用|最实用|最有帮助|优点|好的地方|好在哪|做得(?:最|很|特别)?好|亮点|印象最?深|印象深|吸引|推荐[^,。?]{0,6}的?(?:原因|理由)|(?<!没)有帮助|好在|感到?满意|最?有(?:趣|意思|价值)|受用|最好|感动|称赞|表扬|值得|欣赏|优势|为什么(?:会)?选择|开心|惊喜|收获|夸|主顾|回头客|(?:续订|续约|续费|回购|再次光临|再来)的(?:原因|理由)|愿意(?:一直|继续|再次|再来)|正面|加分|肯定"
)
_BOTH = re.compile(
    r"(?:choose|chose|choosing|gave|give) (?:this|that|the|your|us (?:this|that|a)) ?(?:score|rating|\d*)|how do you like|like (?:or|and|/) ?dislike|likes? and dislikes?|pros and cons|good (?:or|and) bad|strengths? and weakness"
    r"|优缺点|优点和缺点|喜欢[和与、或以及]*不喜欢|满意[和与、或以及]*不满意|满不满意|好坏|why or why not|suggestion|建议|anything else|其他|其它|还有什么想|comment|(?:原因|为什么|理由).{0,12}(?:分数|评分|打分|给分)|(?:分数|评分|打分|给分).{0,12}(?:原因|为什么|理由)",
    re.I,
)
_WOULD_LIKE = re.compile(r"\b(?:would(?: you| we)?|you'd)(?: \w+)? (?:like|love|enjoy|appreciate|value)\b|\bwhy this\b")
WISH = "wish"
"""Framing of an answer to a question that asks for what is not there yet; the models read it as a neutral one."""
_THINGS = r"(?:upgrades?|features?|functions?|functionality|enhancements?|additions?|changes|improvements)"
_ADD = r"(?:add|build|introduce|offer|stock|launch|include|provide|create|develop|sell|bring|cover|organi[sz]e)"
_WISH = re.compile(
    rf"(?:new|additional|extra|what|which|any|more) (?:\w+ ){{0,2}}{_THINGS}\b.{{0,80}}\b(?:would|should|could|wish|want)|(?:would|should|could)\b.{{0,40}}\b{_THINGS}\b|\brequests?\b|\bwish ?list|magic wand|dream feature"
    rf"|\blike (?:us )?to (?:\w+ )?(?:see|have|be able|{_ADD})\b|\b(?:should|could|can|might) (?:we|you|they|it|the \w+) (?:\w+ ){{0,2}}{_ADD}\b|\b(?:we|you|they|it) (?:should|could|can|might) (?:\w+ ){{0,2}}{_ADD}\b"
    r"|\b(?:new|additional|extra|further|other)\b.{0,40}\b(?:would|should|could|do) (?:you|we|they|be|help|tempt|interest|attract|suit|excite|benefit|convince)\b(?! (?:tell|say|share|know|use|visit|go))|\b(?:what|which)\b.{0,40}\bwould you (?:find|be) (?:\w+ ){0,2}(?:useful|helpful|interest|valuable)|\b(?:would|'d) (?:you )?(?:\w+ )?(?:like|love|want|welcome|appreciate)\b.{0,24}\b(?:see|have|added|covered|offered|introduced|included|available|next)\b"
    r"|\bdo you (?:still |also |most |really )?(?:wish|need|want)\b(?! (?:to (?:tell|say|share|add|know|use|do)|it|this|us|the \w+ for))|\bwish (?:we|you|it|they|there|the \w+) (?:offered|could|did|sold|was|were|would|had(?! (?:done|told|known|been)))"
    r"|\b(?:change|add) (?:just |only )?(?:one|1|a single) thing\b|\bone thing\b.{0,24}\bchange\b|\bwhat would you (?:\w+ )?(?:change|add|want|wish)\b|\bwhat (?:else|more)\b.{0,20}\b(?:could|can|would|should|do) (?:we|you|they|the \w+)\b.{0,16}\b(?:do|want|need|help|offer|like|expect)\b(?! to (?:tell|say|share))"
    r"|\b(?:what|thing|anything|something|that) would (?:\w+ )?(?:make|help|bring|get|encourage|convince)\b|\b(?:what|which)\b.{0,40}\bshould (?:the|our|we|it|they|next|an?)\b(?! (?:keep|continue|know|stop|improve|fix|never))|\b(?:you would|you'd) (?:\w+ )?(?:like|love|want) us to\b(?! (?:know|stop|keep|improve|fix))"
    r"|\b(?:your|an?|the) (?:ideal|dream) \w+|\b(?:services?|features?|products?|items?|anything|something|courses?|topics?|classes|things?|options?)\b.{0,24}\bmissing\b|\bhow (?:could|can|might|should|would) (?:we|you|they|it) (?:be )?(?:make|made)\b.{0,40}\bmore\b|\bideas?\b|\bstart doing\b|\bwhat else can we\b|\bwhat(?:'s| is| are we| else is) (?:still )?missing\b|\bproposals?\b|\b(?:any|your|have|specific|further|what) (?:\w+ )?suggestions?\b|suggestions? (?:for|to|on|about)\b"
)
_MORE_ZH = r"(?:推出|增加|新增|增设|添加|增添|加入|加上|加|提供|获得|得到|看到|开发|开设|开|引进|引入|买到|支持|支援|举办|办|做|多|有(?!多))"
_WHAT_ZH = r"(?:什么|哪|何|啥|怎样)"
_WISH_ZH = re.compile(
    rf"希望[^,。?]{{0,12}}?{_MORE_ZH}[^,。?]{{0,8}}?(?:{_WHAT_ZH}|新|更多|功能|服务|的)|希望[^,。?]{{0,8}}{_WHAT_ZH}[^,。?]{{0,6}}(?:功能|服务|内容|产品|商品|课|活动|设施|设备|主题|菜|品项|协助|帮助|支持)|希望[^,。?]{{0,12}}(?:推出|增加|新增|增设|加入|开发)"
    rf"|(?:还|最)?想要(?!表达|告诉|说|反映|对|知道|了解|使用)[^,。?]{{0,6}}(?:{_WHAT_ZH}|新|功能)|最?想(?:看到?|学|要|玩|吃|听)的?(?:新|什么|哪|功能|主题|内容|课)|还想(?:看|要|有|学|买|吃|听|参加|玩)|最?期待(?:{_WHAT_ZH}|看到|我们|的(?:新|功能|服务))|{_WHAT_ZH}(?:样的)?期待|期待[^,。?]{{0,8}}(?:推出|增加|新增|加入|提供)"
    rf"|(?:什么|哪些|任何|有无)[^,。?]{{0,3}}(?:需求|期望|期许|期盼)|[您你](?:的|对[^,。?]{{1,8}})(?:期望|期许|期盼|期待)|(?:我们|店家)[^,。?]{{0,4}}(?:可以|能|应该|该)(?:再|多)?(?:为[您你])?(?:做些|做点|做|帮|提供|增加|推出|开)[^,。?]{{0,4}}什么|[您你]会(?:加入|增加|新增|添加|加)|还(?:需要|缺|想|要|可以|能|应该|应|该)[^,。?]{{0,8}}(?:{_WHAT_ZH}|增加|新增|提供|加入)|(?:应该|可以|能|想|需要|最想)(?:再)?(?:增加|新增|提供|加入|添加|增设|开设)(?:的|{_WHAT_ZH})|(?:想|希望|需要)(?:让|请|要|叫)?(?:我们|店家|平台)(?:加|增|做|提供|开|帮)"
    rf"|(?:改变|更改)(?:一|1)(?:件|个|样|点)|(?:会|想|要|能)改变{_WHAT_ZH}|新增[^,。?]{{0,2}}(?:一|1|两|几)(?:项|个|种|款|门|样)|还有{_WHAT_ZH}[^,。?]{{0,8}}(?:需要|想要|希望|期待)|{_WHAT_ZH}(?:些)?[^,。?]{{0,4}}期待|没有[^,。?]{{0,4}}想要|想(?:要|请|让)我们(?!知道)|许愿|许[^,。?]{{0,3}}愿|愿望|心愿|魔法棒|为[您你]做(?:些|点)?什么|多做(?:些|点)?什么|建议(?:新增|增加|加入)|(?:什么|哪些|有无|任何|何|您的|你的|有没有|请提供|请写下|请留下|宝贵)[^,。?]{{0,6}}建议|对[^,。?]{{1,12}}建议|(?:给|提出|提供|留下|写下|分享)[^,。?]{{0,8}}建议"
)
_NO_WISH = re.compile(
    r"comment|feedback|dislike|\bleast\b|frustrat|problem|difficult|differently|\bdo you (?:\w+ )?(?:like|use|love|value|enjoy|prefer)\b|\b(?:did|have) you\b(?!.{0,12}suggest)|\b(?:use|used|useful|helpful|valuable|satisf\w*) (?:the )?most|most (?:use|useful|helpful|valuable|satisf|important)"
    r"|意见|感想|留言|评论|不满|最(?:满意|喜欢|常|不|差|爱|棒|重要|有用|实用|好)|几点|多久|方式|哪天|什么时候"
)
_IMPROVES = re.compile(r"improve(?!ments)|\bbetter\b|改善|改进|改良|提升|优化|加强")
_ADDS = re.compile(
    r"\badd(?:ed|ing)?\b|\bnew\b|\badditional|\bextra\b|\bfeatures?\b|enhancement|suggestion|make (?:it|this|your)|增加|新增|添加|加入|增设"
)
"""A question for what to add or improve asks for wishes; one for what to improve alone, for faults."""
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
_WISH_BEGINS = Beginnings((
    "would", "please", "pls", "plz", "kindly", "could ", "can yo", "can we", "can th", "wish", "featur", "hop", "maybe", "perhap", "might ",
))  # fmt: skip
_WISH_BEGINS_HAN = np.zeros(1 << 16, bool)
_WISH_BEGINS_HAN[[ord(c) for c in "希期盼建恳拜求麻请如要若假能可"]] = True
"""A word that begins so, one of these characters or a "'d" stands in every clause with the wording of a wish: far quicker to look for."""
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
    tidy = _WOULD_LIKE.sub(" ", _plain(question))
    if _BOTH.search(tidy) or wishes(question):
        return "neutral"
    negative, positive = _NEGATIVE.search(tidy), _POSITIVE.search(tidy)
    if negative and positive:
        return (
            "negative"
            if re.search(r"dislike|(?:not|n't) like|least|不喜欢|不满|最不|better|improve|更好|做得不", tidy)
            else "neutral"
        )
    return "negative" if negative else "positive" if positive else "neutral"


def wishes(question: str) -> bool:
    """Whether a question asks for features, changes or suggestions; "what could be better" and "what should we improve" ask what is wrong."""
    tidy = _plain(question)
    if _NO_WISH.search(tidy) or not (_WISH.search(tidy) or _WISH_ZH.search(tidy)):
        return False
    return _IMPROVES.search(tidy) is None or _ADDS.search(tidy) is not None


def _plain(question: str) -> str:
    return split.clean(question).replace("\u2019", "'")


def wishful(clauses: Sequence[str]) -> np.ndarray:
    """Which clauses (lower-case, Simplified) have the wording of a wish that does not scold: "希望不要再..." and "if it only worked" do."""
    found = _WISH_BEGINS.held(clauses)
    han = [i for i, clause in enumerate(clauses) if not clause.isascii()]
    codes = codes_of("\n".join([clauses[i] for i in han]))
    marks = np.flatnonzero(_WISH_BEGINS_HAN[np.minimum(codes, 0xFFFF)])
    found[np.array(han, np.int64)[np.searchsorted(np.flatnonzero(codes == 10), marks)]] = True
    found[[i for i, clause in enumerate(clauses) if "'d " in clause or "\u2019d " in clause]] = True
    found[[i for i in np.flatnonzero(found).tolist() if not _wishes_for(clauses[i])]] = False
    return found


def _wishes_for(clause: str) -> bool:
    tidy = clause.replace("\u2019", "'").replace("'d ", " would ")
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
