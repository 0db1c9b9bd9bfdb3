"""A synthetic run in each of the three languages: a café with two sources, three personas and evidence behind every cell."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd

from research_kit import labels
from research_kit.mentions import Mentions
from research_kit.records import (
    EVERYONE,
    EVIDENCE_COLUMNS,
    LANES,
    MENTION_COLUMNS,
    Cell,
    Claim,
    CurvePoint,
    CurveValue,
    Export,
    MapContent,
    MapPersona,
    MapSource,
    Opportunity,
    Persona,
    Personas,
    Question,
    Quote,
    Responses,
    Rule,
    Scale,
    StageInfo,
    TextReport,
    Theme,
    Trait,
)
from research_kit.statistics import wilson
from research_kit.study import SourceSpec, Study
from research_kit.write import RunContent

STAGES = ("awareness", "consideration", "purchase", "use", "retention", "advocacy")
VALENCE = (0.15, 0.05, -0.42, 0.48, 0.12, 0.3)

WORDS = {
    "en": {
        "study": "Corner café, spring survey",
        "stages": ("Awareness", "Consideration", "Purchase", "Use", "Retention", "Advocacy"),
        "personas": ("Quick commuters", "Laptop regulars", "Weekend families"),
        "traits": (
            "comes before nine on workdays (82%, others 24%)",
            "orders ahead in the app (61%, others 18%)",
            "stays under ten minutes (77%, others 22%)",
            "works there for two hours or more (69%, others 11%)",
            "wants sockets and quiet (58%, others 20%)",
            "comes with children (71%, others 6%)",
        ),
        "texts": (
            "The queue in the morning is far too long and nobody opens the second till.",
            "I found it through a friend who would not stop talking about the cardamom buns.",
            "The app said my order was ready, but I still waited ten minutes at the counter.",
            "Sockets at every table, and nobody minds when I stay for the afternoon!",
            "Prices went up again without a word; the loyalty card no longer pays.",
            "Staff remembered my name after the second visit.",
            "=1+1 I wish there were a smaller size for children",
            "High chairs were dirty and the changing table was broken.",
        ),
        "pains": (
            "long queue in the morning",
            "order not ready when the app says so",
            "prices raised without notice",
            "dirty high chairs",
        ),
        "delights": ("cardamom buns", "staff remember names"),
        "wishes": ("smaller sizes for children",),
        "goals": (
            "find a place near work",
            "decide quickly",
            "pay without waiting",
            "feel at home",
            "get something back",
            "bring friends",
        ),
        "actions": (
            "asks colleagues",
            "reads the menu online",
            "orders at the till or in the app",
            "sits down to work",
            "collects stamps",
            "posts a photo",
        ),
        "emotions": ("curiosity", "hesitation", "frustration", "joy", "disappointment", "gratitude"),
        "touch": ("recommendation by friends", "website", "till", "seat and table", "loyalty card", "social media"),
        "chan": ("word of mouth", "website", "app", "shop", "app", "Instagram"),
        "how": "How could we cut the wait in the morning?",
        "q": ("How often do you come?", "What annoyed you?", "How satisfied are you overall?"),
        "reason": "Five ordered answers from low to high.",
    },
    "zh-Hant": {
        "study": "轉角咖啡館 春季調查",
        "stages": ("認知", "考慮", "購買", "使用", "留存", "推薦"),
        "personas": ("趕時間的通勤族", "帶筆電的常客", "週末親子客"),
        "traits": (
            "平日九點前到店（82%，其他人 24%）",
            "用 App 預先點餐（61%，其他人 18%）",
            "停留不到十分鐘（77%，其他人 22%）",
            "一坐就是兩小時以上（69%，其他人 11%）",
            "需要插座與安靜（58%，其他人 20%）",
            "帶小孩一起來（71%，其他人 6%）",
        ),
        "texts": (
            "早上排隊排到門口，第二個收銀台卻一直沒有開，真的很浪費時間。",
            "是朋友一直跟我說這家的小豆蔻捲很好吃，我才知道這裡的。",
            "App 顯示餐點已完成，結果到櫃台還是等了十分鐘！",
            "每張桌子都有插座，待一個下午也不會被趕，很自在。",
            "又默默漲價，集點卡根本換不到什麼東西。",
            "店員第二次就記得我的名字，覺得很窩心。",
            "=1+1 希望有小朋友喝得完的小杯",
            "兒童椅黏黏的沒擦乾淨，尿布台也壞了。",
        ),
        "pains": ("早上排隊太久", "App 顯示完成卻還沒做好", "漲價沒有事先告知", "兒童椅不乾淨"),
        "delights": ("小豆蔻捲很好吃", "店員記得名字"),
        "wishes": ("希望有兒童小杯",),
        "goals": ("在公司附近找到好店", "快速決定要喝什麼", "不用等就能結帳", "待得自在", "常來能有回饋", "帶朋友一起來"),
        "actions": ("問同事推薦", "上網看菜單", "在櫃台或 App 點餐", "坐下來工作", "蒐集點數", "拍照分享"),
        "emotions": ("curiosity", "hesitation", "frustration", "joy", "disappointment", "gratitude"),
        "touch": ("朋友推薦", "官方網站", "收銀台", "座位與桌子", "集點卡", "社群貼文"),
        "chan": ("口碑", "網站", "App", "門市", "App", "Instagram"),
        "how": "怎麼縮短早上的等候時間？",
        "q": ("您多久來一次？", "有什麼讓您不滿意的地方？", "整體滿意度如何？"),
        "reason": "五個由低到高的選項。",
    },
    "zh-Hans": {
        "study": "街角咖啡馆 春季调查",
        "stages": ("认知", "考虑", "购买", "使用", "留存", "推荐"),
        "personas": ("赶时间的通勤族", "带电脑的常客", "周末亲子客"),
        "traits": (
            "工作日九点前到店（82%，其他人 24%）",
            "用小程序提前点单（61%，其他人 18%）",
            "停留不到十分钟（77%，其他人 22%）",
            "一坐就是两小时以上（69%，其他人 11%）",
            "需要插座和安静（58%，其他人 20%）",
            "带孩子一起来（71%，其他人 6%）",
        ),
        "texts": (
            "早上队排到门口，第二个收银台却一直不开，太耽误时间了。",
            "朋友一直安利这家的小豆蔻卷，我才知道这里。",
            "小程序显示已做好，到了柜台还是等了十分钟！",
            "每张桌子都有插座，坐一下午也不会被赶，很自在。",
            "又悄悄涨价，积分根本换不到什么东西。",
            "店员第二次就记得我的名字，很暖心。",
            "=1+1 希望有小朋友喝得完的小杯",
            "儿童椅黏黏的没擦干净，尿布台也坏了。",
        ),
        "pains": ("早上排队太久", "小程序显示做好却没做好", "涨价不提前说", "儿童椅不干净"),
        "delights": ("小豆蔻卷好吃", "店员记得名字"),
        "wishes": ("希望有儿童小杯",),
        "goals": ("在公司附近找到好店", "快速决定喝什么", "不用等就能结账", "待得自在", "常来能有回馈", "带朋友一起来"),
        "actions": ("问同事推荐", "上网看菜单", "在柜台或小程序点单", "坐下来工作", "攒积分", "拍照分享"),
        "emotions": ("curiosity", "hesitation", "frustration", "joy", "disappointment", "gratitude"),
        "touch": ("朋友推荐", "官网", "收银台", "座位和桌子", "积分卡", "社交媒体"),
        "chan": ("口碑", "网站", "小程序", "门店", "小程序", "小红书"),
        "how": "怎样缩短早上的等候时间？",
        "q": ("您多久来一次？", "有什么让您不满意的地方？", "总体满意度如何？"),
        "reason": "五个由低到高的选项。",
    },
}
SOURCES = ("survey.csv", "google-reviews.csv")


def mentions_frame(language: str, people: int, seed: int = 0) -> pd.DataFrame:
    """Two mentions per person, spread over stages and sources."""
    random_ = random.Random(seed)
    texts = WORDS[language]["texts"]
    rows = []
    for i in range(people * 2):
        person = i // 2
        text = texts[random_.randrange(len(texts))]
        source = SOURCES[0] if person < people * 0.6 else SOURCES[1]
        stage = random_.choices(STAGES, weights=(5, 6, 14, 20, 8, 1))[0]
        valence = max(-1.0, min(1.0, random_.gauss(VALENCE[STAGES.index(stage)], 0.4)))
        comment = f"S{SOURCES.index(source) + 1}-R{person + 2}-C{3 + i % 2}"
        rows.append({
            "text_id": i, "mention": 0, "text": text, "start": 0, "end": len(text), "language": language,
            "sentiment": "positive" if valence > 0.1 else "negative" if valence < -0.1 else "neutral", "valence": valence,
            "emotion": "joy" if valence > 0.1 else "frustration", "emotion_score": 0.7, "stage": stage, "stage_reason": "clause",
            "touchpoint": None, "channel": None, "kind": "pain" if valence < -0.1 else "delight" if valence > 0.3 else "statement",
            "pain": None, "theme": f"theme-{1 + i % 4}", "sarcasm": False, "mention_id": f"{comment}-1", "comment": comment, "unit": person,
            "respondent": f"r{person + 2}", "source": source, "row": person + 2, "question": "q2",
            "question_text": WORDS[language]["q"][1] if source == SOURCES[0] else "", "rating": round((valence + 1) / 2, 2),
            "persona": f"persona-{1 + person % 3}" if person % 10 else None,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=[*MENTION_COLUMNS, *EVIDENCE_COLUMNS])


def _claims(rows: pd.DataFrame, count: int, base: int, themes: tuple[str, ...]) -> tuple[Claim, ...]:
    claims = []
    for k in range(count):
        part = rows.iloc[k::count]
        n = part["unit"].nunique()
        low, high = wilson(n, base)
        ids = tuple(part["mention_id"])
        claims.append(
            Claim(n, low, high, base, part.groupby("source")["unit"].nunique().to_dict(), themes[k % len(themes)], None, ids)
        )
    return tuple(sorted(claims, key=lambda c: -c.n))


def _cells(language: str, mentions: pd.DataFrame, persona: str) -> list[Cell]:
    words = WORDS[language]
    own = mentions if persona == EVERYONE else mentions[mentions["persona"] == persona]
    base = own["unit"].nunique()
    cells = []
    for i, stage in enumerate(STAGES):
        rows = own[own["stage"] == stage]
        people = rows["unit"].nunique()
        low, high = wilson(people, base)
        lines = {
            "goals": (words["goals"][i],), "actions": (words["actions"][i],), "touchpoints": (words["touch"][i],), "channels": (words["chan"][i],),
            "emotions": (labels.label("emotions", words["emotions"][i], language),),
            "pain_points": tuple(words["pains"][(i + k) % 4] for k in range(1 + i % 3)), "opportunities": (words["how"],),
                "delights": ({"en": "Friendly staff", "zh-Hant": "店員親切", "zh-Hans": "店员亲切"}[language],),
            "quotes": tuple(dict.fromkeys(rows["text"]))[:1 + i % 2],
        }  # fmt: skip
        for lane in LANES:
            if lane in ("goals",) and i == 4:
                continue
            count = len(lines[lane])
            claims = _claims(rows, max(count, 1), base, ("theme-1", "theme-2")) if lane != "quotes" else ()
            cells.append(
                Cell(persona, stage, lane, lines[lane] if people >= 5 else (), people, low, high, tuple(rows["mention_id"]),
                     rows.groupby("source")["unit"].nunique().to_dict(), claims, (words["emotions"][i],) if lane == "emotions" else ())
            )  # fmt: skip
    return cells


def _curves(mentions: pd.DataFrame, persona: str) -> list[CurveValue]:
    own = mentions if persona == EVERYONE else mentions[mentions["persona"] == persona]
    curves = []
    for source in SOURCES:
        part = own[own["source"] == source]
        for stage in STAGES:
            rows = part[part["stage"] == stage]
            n = rows["unit"].nunique()
            if n < 5:
                curves.append(CurveValue(persona, stage, source, n, None, None, None))
                continue
            mean, half = float(rows["valence"].mean()), 1.96 * float(rows["valence"].std()) / len(rows) ** 0.5
            turn = "" if source != SOURCES[0] else {"purchase": "worst", "use": "best"}.get(stage, "")
            curves.append(CurveValue(persona, stage, source, n, mean, mean - half, mean + half, {}, turn))
    return curves


def map_content(language: str, mentions: pd.DataFrame) -> MapContent:
    """The map of the synthetic café."""
    words = WORDS[language]
    ids = [EVERYONE, "persona-1", "persona-2", "persona-3"]
    people = mentions["unit"].nunique()
    personas = [MapPersona(EVERYONE, labels.label("terms", "everyone", language), people)]
    for i, name in enumerate(words["personas"]):
        n = mentions.loc[mentions["persona"] == f"persona-{i + 1}", "unit"].nunique()
        low, high = wilson(n, people)
        personas.append(
            MapPersona(f"persona-{i + 1}", name, n, n / people, low, high, words["texts"][2 * i], words["traits"][i : i + 3])
        )
    themes = []
    for i, (kind, label) in enumerate(
        [("pain", t) for t in words["pains"]]
        + [("delight", t) for t in words["delights"]]
        + [("wish", t) for t in words["wishes"]]
    ):
        rows = mentions[mentions["theme"] == f"theme-{i + 1}"] if i < 4 else mentions.iloc[i::40]
        n = rows["unit"].nunique()
        low, high = wilson(n, people)
        themes.append(
            Theme(f"theme-{i + 1}", label, kind, STAGES[(i + 2) % 6], n, n / people, low, high, round(0.9 - 0.1 * i, 2),
                  rows.dropna(subset=["persona"]).groupby("persona")["unit"].nunique().to_dict(), rows.groupby("source")["unit"].nunique().to_dict(),
                  tuple(rows["mention_id"].iloc[:3]), tuple(rows["mention_id"]))
        )  # fmt: skip
    opportunities = tuple(
        Opportunity(f"opportunity-{i + 1}", t.stage, f"{words['how']} ({t.label})", t.id, t.n, t.low, t.high, t.severity,
                    ("high", "high", "medium", "low")[i % 4], words["reason"])
        for i, t in enumerate(themes) if t.kind != "delight"
    )  # fmt: skip
    return MapContent(
        words["study"], language, tuple(StageInfo(k, n) for k, n in zip(STAGES, words["stages"], strict=True)), LANES, tuple(personas),
        tuple(c for p in ids for c in _cells(language, mentions, p)),
        tuple(MapSource(s, t, int((mentions["source"] == s).sum() / 2), int((mentions["source"] == s).sum() / 2), int((mentions["source"] == s).sum()))
              for s, t in zip(SOURCES, ("survey", "reviews"), strict=True)),
        tuple(c for p in ids for c in _curves(mentions, p)), tuple(themes), opportunities, (), {SOURCES[0]: 12, SOURCES[1]: 7},
    )  # fmt: skip


def personas_record(language: str, mentions: pd.DataFrame) -> Personas:
    """Three personas with traits and quotes."""
    words = WORDS[language]
    people = mentions["unit"].nunique()
    made = []
    for i, name in enumerate(words["personas"]):
        rows = mentions[mentions["persona"] == f"persona-{i + 1}"]
        n = rows["unit"].nunique()
        low, high = wilson(n, people)
        traits = tuple(Trait("q1", "q1", "daily", t, 0.82, 0.24, 0.7, 0.9, 1.1, 0.001) for t in words["traits"][i : i + 3])
        quotes = tuple(Quote(r.text, r.comment, r.source, int(r.row), r.respondent, "q2") for r in rows.head(2).itertuples())
        made.append(Persona(f"persona-{i + 1}", name, n, n / people, low, high, traits, traits[:1], quotes, 0.81 - i / 20,
                            Rule(words["traits"][i], ("q1",), 0.84, 0.71)))  # fmt: skip
    placed = mentions.drop_duplicates("unit").set_index("unit")["persona"]
    membership = pd.DataFrame({"persona": placed, "probability": placed.notna() * 0.9, "how": "answers"})
    curve = tuple(CurvePoint(k, s, s - 0.1, 40, k == 3) for k, s in ((2, 0.74), (3, 0.81), (4, 0.55)))
    return Personas(tuple(made), "strong", (words["reason"],), curve, membership)


def responses_record(language: str, mentions: pd.DataFrame) -> Responses:
    """Questions, respondents and comments that fit the mentions."""
    words = WORDS[language]
    first = mentions.drop_duplicates("unit")
    respondents = pd.DataFrame({
        "respondent": first["respondent"].to_numpy(), "source": first["source"].to_numpy(), "row": first["row"].to_numpy(), "wave": None,
        "weight": 1.0, "excluded": "",
    })  # fmt: skip
    comments = mentions[["comment", "unit", "respondent", "source", "row", "question", "question_text", "text"]].drop_duplicates(
        "comment"
    )
    questions = (
        Question("q1", words["q"][0], "single", "active", words["reason"], SOURCES[0], (1,), ("a", "b"), n=len(first)),
        Question("q2", words["q"][1], "text", "comment", words["reason"], SOURCES[0], (2,), n=len(first), missing=3),
        Question(
            "q3",
            words["q"][2],
            "rating",
            "active",
            words["reason"],
            SOURCES[0],
            (3,),
            (),
            (),
            Scale(1, 5, (), "up"),
            n=len(first),
        ),
    )
    empty = pd.DataFrame()
    exports = tuple(
        Export(s, s, t, "table", "plain table", (), empty, sha256="0" * 64, notes=(words["reason"],))
        for s, t in zip(SOURCES, ("survey", "reviews"), strict=True)
    )
    return Responses(questions, respondents, empty, comments.reset_index(drop=True), None, exports, language, {"email": 2}, ())


def run_content(language: str = "en", people: int = 240, seed: int = 0) -> RunContent:
    """The whole synthetic run."""
    mentions = mentions_frame(language, people, seed)
    about = {
        "inputs": [{"source": s, "path": s, "sha256": "0" * 64, "rows": 100} for s in SOURCES], "versions": {"research_kit": "0.1.0"},
        "settings": {"journey": "default"}, "seed": 0, "accuracy": {"sentiment": {"n": 120, "accuracy": 0.87}},
    }  # fmt: skip
    return RunContent(
        Study(WORDS[language]["study"], tuple(SourceSpec(Path(s)) for s in SOURCES)), language, responses_record(language, mentions),
        personas_record(language, mentions), Mentions.of(mentions), map_content(language, mentions), TextReport(not_assessed=9), about, {"read": 1.0},
    )  # fmt: skip
