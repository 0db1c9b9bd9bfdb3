"""The words by which a header betrays what its question is for, in English and both Chinese scripts (Chinese is matched in Simplified)."""

from __future__ import annotations

import re
from functools import cache

from research_kit.language import to_simplified


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


# ------------------------------------------------------------------ columns that are not questions

IDENTIFIER = _words(
    r"^(?:internal |response |respondent |submission |record |user |participant |survey |unique |customer |member |client |case |ticket |order "
    r"|review |session |collector |contact |token|external )?(?:id|uuid|guid|no\.|number|token|key|code|reference)$",
    r"^(?:id|uid|uuid|key|token|index|_id|_uuid|_index|record_?id|respondent_?id|response_?id|unique_?id|user_?id|customer_?id|external_?reference|unnamed: 0|#)$",
    r"^(?:e-?mail(?: address)?|your e-?mail.*|電子郵件.*|电子邮件.*|电子邮箱.*|邮箱.*|電子信箱.*|手机号?码?|手機號?碼?|电话号?码?|電話號?碼?|phone(?: number)?|mobile(?: number)?|telephone)$",
    r"^(?:first |last |full |nick|guest |display |user|screen |reviewer |author )?name$",
    r"^(?:author|username|nickname|reviewer|姓名|名字|暱稱|昵称|用户名|使用者名稱|序号|序號|编号|編號|答题序号|填答編號|会员编号|會員編號|微信.{0,3}|line ?id|qq号?)$",
)
META = _words(
    r"^(?:time ?stamp|date|start ?(?:date|time)|end ?(?:date|time)|started|submitted|created|updated|time started|date submitted|submit ?date|submission ?date"
    r"|completion time|completed|recorded ?date|last modified.*|duration.*|interview ?time|progress|finished|status|response ?type|collector.*|custom data.*|ip.?address.*|ip"
    r"|browser|user ?agent|device.*|operating system|os|platform|referr?er|referral|url|link|.*source url|language|user ?language|locale|latitude|longitude"
    r"|location ?(?:latitude|longitude|accuracy)|distribution ?channel|seed|last ?page|startlanguage|response ?set|tags?|ending|network id|survey ?id|version|form ?version"
    r"|session.*|workshop.?id|wave|batch)$",
    r"^(?:时间戳记|时间戳|填答时间|提交时间|提交答卷时间|开始时间|结束时间|开始答题时间|结束答题时间|答题时长|答题秒数|填写时长|所用时间|作答时间|来源|来源详情|来自ip|ip地址|ip省份|ip城市|ip纪录|浏览器"
    r"|操作系统|作业系统|设备|自定义字段|总分|语言|用户类型|审核状态|更新时间|修改时间|建立时间|日期)$",
    r"not a robot|prove (?:that )?you are human|attention check|captcha",
    r"(?:how|where) did you (?:hear|learn|find out) about th(?:is|e) (?:survey|questionnaire|study)|从哪.{0,6}(?:问卷|调查)|如何得知.{0,4}(?:问卷|调查)",
    r"^(?:i (?:consent|agree to (?:take part|participate))|do you (?:consent|agree to (?:take part|participate))|consent|知情同意)",
    r"follow.?up (?:e-?mail|interview|contact)|(?:leave|provide|enter|share) (?:your|an) (?:e-?mail|contact)|interested in being contacted|may we contact|contact (?:information|details)"
    r"|留下.{0,8}(?:邮箱|电子邮件|联系|电话|信箱)|联系方式|联络方式|受访意愿",
)
# Said anywhere, these ask who somebody is.
DEMOGRAPHIC = _words(
    r"\byour (?:current )?(?:age|gender|sex|income|salary|ethnic\w*|race|religion|marital status|nationality|education(?:al)?(?: level| background)?|degree|height|weight|household income|mother tongue)\b",
    r"\b(?:household income|annual income|personal income|ethnicity|marital status|relationship status|nationality|citizenship|sexual orientation|sexual identity|transgender|political (?:party|affiliation)|census region|pronouns?"
    r"|age (?:group|range|bracket)|(?:your|highest) level of education|education level|educational level|highest (?:level|degree|qualification)|qualification you have|degree or level of school|level of school|job title|academic subject|career stage|company size"
    r"|native language|first language|mother tongue|zip code|post ?code)\b",
    r"\b(?:what|which) (?:country|city|state|region|province|county|town|continent|time ?zone|part of the (?:world|country))\b|\bcountry\b.*\b(?:live|reside|work|from|based|residence)\b|\b(?:province|state|country|region|territory)\b.{0,30}\byou are (?:located|based|living)\b",
    r"\bwhere (?:do|are) you (?:currently )?(?:live|living|reside|based|located|from|work)\b|\b(?:do|are) you (?:currently )?(?:living|located|reside|based) (?:in|at)\b|describe where you live|\bwhere you live\b",
    r"\byear (?:were you|of) (?:born|birth)|\bdate of birth\b|\bhow old are you|\bwere you born\b|\bbirth ?(?:year|date|day)\b",
    r"\bdo you identify (?:as|with)|\bi identify (?:my|as)\b|\bidentify your\b|consider yourself (?:male|female|a man|a woman)",
    r"\bhow tall\b|\bchildren under\b|\bhave (?:any )?(?:children|kids)\b|\bnumber of children\b|\bhow many (?:children|kids)\b|\bmembers of your household\b.*\b(?:earn|income)\b|\bmoney\b.*\bhousehold\b",
    r"\byour (?:primary |main |current |professional |job )*(?:role|profession|occupation|job title)(?:\(s\)|s)?\b|\bbest describes (?:you\b|your (?:job|work|role|position|occupation|organi[sz]ation)|the work you do|where you)"
    r"|\bwhat (?:kind|type) of (?:user|organi[sz]ation|company|institution|business) (?:are|do)\b|\bdo you work (?:in|for|at)\b|\bwhat do you do for (?:a living|work)\b|\byears in this role\b|\bbeen in this role\b|\bin this role\b|\bdoes your role\b",
    r"\bare you (?:an? |currently )?(?:student|employed|employee|parent|male|female|citizen|resident|married|retired)\b|\b(?:you|are) employed (?:on|as|primarily)\b|\bindustry (?:do|are) you\b|\bindustries (?:do|does)\b",
    r"\bwhat (?:field|discipline|department|faculty|major) (?:are|do|is)\b|\b(?:research|academic) (?:domain|field|discipline|area)\b|\bfields? of study\b|\byour (?:major|department|faculty|discipline)\b",
    r"^(?:age|gender|sex|race|ethnic|educ?|edu|income|inc|kid|kids|child|orient|marital|married|region|hisp|occup|work|tribe|hh_?inc|curr_?resid|home_?town|dept)(?:_?[a-z]*_?\d{0,2})$|^(?:edu_?level|age_?group|kid_?num|racethn\d?)$",
    r"年龄|年纪|岁数|几岁|性别|学历|教育程度|最高学位|学位|月?收入|月薪|年薪|薪资|薪水|居住|所在地|所在城市|所在省|所在地区|城市$|省份|县市|户籍|籍贯|国籍|职业|职位|职务|行业|从事|工作性质|工作类型|身份|婚姻|子女|小孩数"
    r"|出生|民族|族群|宗教|家庭(?:人口|成员|收入|结构)|年级|专业是|就读|科系|职称|公司规模|是否已婚|生育",
)
# Said in a short header or a "what is your ..." question only; in longer ones they are what the question is about.
DEMOGRAPHIC_SHORT = _words(
    r"\b(?:age|gender|sex|income|salary|earnings|ethnic\w*|race|racial|religion|religious|married|occupation|profession|job|employment|employed|employer|industry|industries|sector|organi[sz]ation size|household|education(?:al)?"
    r"|degree|qualification|disability|veteran|hometown|home town|job role|job function|seniority|country|region|city|state|province|location|territory|time ?zone|position|contract|nationality|field of work|height|weight)\b",
)
_SHORT = 6
_ASKS_SELF = re.compile(r"\byour (?:[\w-]+ ){0,2}(?:age|gender|sex|income|salary|race|religion|occupation|profession|employment|industry|sector|education|degree|qualification)\b|^(?:which|what) (?:gender|sex|race|religion|industry|sector|occupation|profession|degree|qualification)\b|\bwhat is your (?:current )?position\b", re.IGNORECASE)
# Where a column has only a code, its answers may say what it is.
DEMOGRAPHIC_ANSWERS = _words(
    r"^(?:male|female|man|woman|non-?binary|married|single|never married|divorced|widowed|separated|straight|gay|bisexual|gay/bisexual|heterosexual|white|non-white|black|hispanic|asian|african american|latino"
    r"|(?:some )?college.*|high school.*|bachelor.*|master.*|doctorate|ph\.?d.*|post ?graduate.*|graduate degree|associate'?s? degree|.*high school|employed.*|not employed.*|unemployed|self-employed|retired|student|has children|no children"
    r"|(?:new england|mountain|pacific|(?:south|middle|mid) atlantic|(?:east|west) (?:north|south) central)|california|texas|florida|new york|illinois|pennsylvania|ohio|georgia|michigan|new jersey|virginia|washington|arizona|north carolina|massachusetts)$",
    r"^(?:男性?|女性?|大学|硕士|博士|高中|初中|大专|本科|专科|已婚|未婚|离异|研究生)$",
)


# ------------------------------------------------------------------ what a question asks for

NPS = _words(
    r"(?:how )?likely\w* .{0,40}\brecommend|\blikelihood .{0,30}recommend|recommend .{0,60}(?:friend|colleague|famil|peer|others).{0,40}|likely_?to_?recommend|\bnps\b|net promoter",
    r"(?:推荐|介绍).{0,12}(?:朋友|亲友|同事|家人|他人|别人|身边)|(?:愿意|可能|意愿|多大).{0,12}推荐|向.{0,12}推荐|推荐(?:意愿|度|指数|可能)|净推荐",
)
COUNT = _words(
    r"\bhow many\b|\bnumber of\b|# of\b|\bno\. of\b|\bhow much (?:time|money|do you (?:spend|pay|earn))|\bhow long\b|\bhow old\b|\bage\b|\bhours?\b|\bminutes\b|\bdays?\b|\bpercent\w*|\bhow far\b|\bhow often\b"
    r"|\bcount\b|\bamount\b|\bprice\b|\bcosts?\b|\bbudget\b|\bspend\b|\bincome\b|\bsalary\b|\bin what year|\bwhat year|\byears?\b|\bduration\b|_num$|_count$|\bqty\b|\bquantity\b|\bsize of\b|\bbus factor\b|\bweight\b|\bheight\b",
    r"多少|几[个次年岁人天位名元]|数量|次数|人数|金额|预算|价格|年龄|时长|小时|分钟|百分比|年份|频率|几点",
)
RATE = _words(
    r"\brat(?:e|ing|ings)\b|\bscale\b|\bscore\b|\bstars?\b|\bsatisf\w+|\bagree\w*|\bhow (?:much do you|well|easy|difficult|hard|important|useful|helpful|likely|confident|comfortable|familiar|interested|good|strongly|clear|relevant|happy)\b"
    r"|\bimportan\w+|\blevel of\b|\bextent\b|\bquality\b|\blikelihood\b|\bdifficult\w*\b|\benjoy\b|1\s*(?:-|to|–|~)\s*(?:5|7|10)\b|\b1 (?:is|being|=|means)",
    r"评分|评价|打分|满意|同意|重要|程度|星级|分数|几分|[0-9０-９]\s*分|符合|认同|量表",
)
RANK = _words(r"\brank\w*\b|\border of (?:preference|importance|priority)\b|\bprioriti[sz]e\b", r"排序|排名|依序|顺序|优先级|名次")
MULTI = _words(
    r"\w\(s\)|(?:select|check|choose|tick|mark|list|indicate) (?:\w+ ){0,3}(?:all|any)\b|\ball that apply\b|\bapply\b\W*$|\bmultiple (?:answers|choices|selections)|\bcheck all\b|\bwhich of the following\b|\bup to (?:two|three|four|five|\d)\b|select as many|\b(?:seleccion|marc|marqu|elij|elig)\w+ (?:tod[ao]s?|los que)|\b(?:plusieurs|cochez|mehrfach)\w*",
    r"可?多选|可?复选|多选题|选择所有|所有适用|至多选|最多选|不限选|哪些",
)
OPEN = _words(
    r"\bwhy\b|\bplease (?:explain|describe|elaborate|specify|tell)|\bcomments?\b|\bfeedback\b|\btell us\b|\bdescribe\b|\bsuggest\w*|\banything else\b|\bin your own words\b|\bwhat (?:do|did|would|could|should|aspects?|features?|needs|are|is|was|were)\b|\bpain points?\b|\bthoughts\b|\bopinion\b|\bexplain\b",
    r"为什么|原因|请说明|请描述|意见|建议|回馈|反馈|想法|感想|心得|补充|其他想说|分享|哪些地方|什么",
)
OTHER_TEXT = _words(
    r"\bother\b.{0,25}$|^other\b|please (?:specify|describe|explain)|write.?in\b|_text$|_other$|\bif other\b|\bother\)|\[other\]|\[comment\]|^comments?$|- text$",
    r"其他|其它|请注明|请说明|请填写|填空\d*$|请描述",
)
IDENTITY_TEXT = _words(
    r"(?:^|_|\b)names?$|\bjob title\b|\bofficial name\b|\bname of\b|\bnames? of\b|\bwhat (?:school|university|company|organi[sz]ation|institution)\b|\bwhich (?:school|university|company|organi[sz]ation|institution)\b|\bat what (?:school|organi[sz]ation)"
    r"|\bwebpage\b|\bwebsite (?:address|url)\b|\burl\b|\blink to\b|\blist it here\b|\bplease include (?:a )?links?\b",
    r"姓名|名称|网址|链接|学校|公司名",
)
WEIGHT = _words(r"^(?:weights?|survey ?weights?|sample ?weights?|wt|wgt|weighting|pweight|finalwt|权重|加权|样本权重)$")
OVERALL = _words(
    r"\boverall\b.{0,50}(?:satisf|experience|rat|impression|quality|opinion)|(?:satisf|rat\w+|experience|impression).{0,40}\boverall\b|\bin general\b.{0,40}satisf|^(?:star )?rating$|^stars?$|^(?:review |overall_?|overall )?(?:score|rating)$|^overall$",
    r"(?:整体|总体|综合|总的|整体而言).{0,14}(?:满意|评价|体验|评分|感受|感觉)|(?:满意|评价|评分).{0,8}(?:整体|总体)|^(?:评分|星级|总分|满意度)$",
)

# ------------------------------------------------------------------ framing of open questions

NEUTRAL = _words(
    r"\breasons? (?:for|behind) (?:your|this|the) (?:score|rating|answer)|\bwhy (?:did you (?:give|choose|score|rate)|this (?:score|rating))|\bwhy\b.{0,20}\b(?:score|rating)\b|\bexplain your (?:score|rating|answer)|\bany(?:thing)? (?:other|else|further|additional)\b"
    r"|\bother comments\b|\blikes? (?:and|or) dislikes?\b|\bgood (?:and|or) bad\b|\bpros and cons\b|\blike\b.{0,25}\bdislike\b|\bpositive (?:and|or) negative\b|\bstrengths and weaknesses\b",
    r"(?:原因|为什么|理由).{0,12}(?:分数|评分|打分|评价|给分)|(?:分数|评分|打分|给分).{0,12}(?:原因|为什么|理由)|其他意见|其他建议|还有.{0,6}(?:什么|其他)|优缺点|喜欢.{0,4}不喜欢|好与坏",
)
NEGATIVE = _words(
    r"\bdislik\w*|\blike least\b|\bleast (?:like|favou?rite|enjoy|useful|helpful|pleasant)\w*|\bhinder\w*|\bdifficult\w*\b(?! would)|\bfrustrat\w*|\bimprov(?:e|ed|ement|ements|ing)\b|\bpain ?points?\b|\bproblems?\b|\bissues?\b(?! tracker)|\bchalleng\w*|\bobstacle\w*"
    r"|\bbarriers?\b|\bannoy\w*|\bmissing\b|\black(?:s|ing)?\b|\bdo(?:es)? not (?:like|work|address|meet)|\bnot (?:address|meet|satisf|like|work|happy)\w*|\bdon'?t (?:like|address|meet)|\bbad\b|\bworst\b|\bwrong\b|\bweakness\w*|\bconcerns?\b|\bdissatisf\w*|\bunhappy\b"
    r"|\bcomplain\w*|\bdownsides?\b|\bdrawbacks?\b|\bstruggl\w*|\bhard(?:est)?\b|\bstop(?:s|ped|ping)? you\b|\bprevent\w*|\bbetter\b|\bwould you (?:change|like to (?:see )?(?:change|improve)\w*)|\bchanges would you\b|\bnew features or changes\b|\bneg(?:ative)?[_ ]?(?:text|review|comment)s?\b|\bconfus\w*|\bcould (?:we|be) (?:do |done )?(?:better|different\w*)",
    r"不喜欢|最?不满|改进|改善|缺点|缺失|不足|困难|问题是|哪些问题|什么问题|遇到.{0,6}问题|困扰|痛点|挫折|抱怨|加强|有待|不好的|最差|糟|负面|劣势|阻碍|障碍|不便|不方便|担心|顾虑|投诉|失望|希望.{0,10}(?:改|增加|加强|提升|优化)|优化|提升",
)
POSITIVE = _words(
    r"\bpleasant\b|\blike (?:most|best|the most|the best|about)\b|\bmost (?:like|enjoy|useful|helpful|valuable|satisf|pleas)\w*|\bbest (?:part|thing|feature|aspect|about)|\b(?:do|did) you (?:like|love|enjoy|appreciate)\b|\bfavou?rite\b|\bstrengths?\b|\bworks? well\b|\bwent well\b|\bhelped you\b|\bpositive(?:s|ly)?\b"
    r"|\bbenefits?\b|\badvantages?\b|\bdelight\w*|\bhappy with\b|\bimpress\w*|\bpos(?:itive)?[_ ]?(?:text|review|comment)s?\b|\bneeds? .{0,40}\baddress(?:es|ed)?\b|\bdo(?:es|ing)? well\b|\bdid we do well\b|\bgood\b",
    r"最?喜欢|满意的|优点|好的地方|最棒|优势|正面|吸引|推荐的原因|做得好|惊喜|最好|亮点|称赞|收获",
)


@cache
def plain(text: str) -> str:
    """The header as the patterns read it: Chinese in Simplified characters, curly quotes straight, underscores and camelCase apart."""
    text = to_simplified(text).replace("’", "'").replace("\u00a0", " ")
    if " " not in text.strip() and re.search(r"[a-z][A-Z]|[A-Za-z]_[A-Za-z]", text):
        return text + " " + re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text).lower()
    return text


def says(pattern: re.Pattern[str], *texts: str) -> bool:
    """True when any of the texts holds the pattern."""
    return any(pattern.search(part) for t in texts if t for part in (plain(t), t.strip()))


def demographic(text: str) -> bool:
    """True when a question asks who people are, not what they do, need or think."""
    if says(DEMOGRAPHIC, text):
        return True
    short = len(text.split()) <= _SHORT and not re.match(r"^(?:will|would|do|does|did|have|has|had|can|could|should|how often|is|are)\b", text, re.IGNORECASE)
    return (short and says(DEMOGRAPHIC_SHORT, text)) or (len(text.split()) <= 14 and bool(_ASKS_SELF.search(text)))


def framing(text: str) -> str:
    """What an open question asks for: "positive", "negative", "neutral" or "" when its words do not say."""
    if says(NEUTRAL, text):
        return "neutral"
    negative, positive = says(NEGATIVE, text), says(POSITIVE, re.sub(r"不喜[欢歡]|dislike", "", plain(text)))
    if negative and positive:
        return "negative" if _later(text) else "neutral"
    return "negative" if negative else "positive" if positive else ""


def _later(text: str) -> bool:
    """A negation governs the positive word ("needs ... does it not address"): the question asks for the bad."""
    return bool(re.search(r"\bnot\b|n't\b|\bleast\b|\bno longer\b|不", plain(text)))
