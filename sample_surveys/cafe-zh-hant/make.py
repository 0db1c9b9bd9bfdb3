"""Put the café study together: hand-written comments + three latent groups -> two export files and the truth beside them.

    python make.py [folder]        writes questionnaire.csv, google-maps-reviews.csv and truth.csv (default: beside this script)

Plain Python, seeded: the same comments give the same files, byte for byte. Every comment is used at most once; who says it
depends on the latent group, the score given and, for some, the occupation. Nobody's answers follow from the group for sure.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).parent
GROUPS = ("work", "takeout", "gather")
RESPONDENTS = {"work": 124, "takeout": 132, "gather": 104}
MISSING = 0.08
ODD = 0.06
SEED = 20250907
TAIPEI = timezone(timedelta(hours=8))

OPEN = {
    "why": "為什麼給這個分數？",
    "first": "您第一次是怎麼知道豆子巷咖啡的？第一次來的經驗如何？",
    "like": "您最喜歡豆子巷咖啡的哪些地方？",
    "improve": "您最不滿意、或覺得最需要改進的地方是什麼？",
    "wish": "您希望我們推出什麼產品或服務？",
}
BARE = {
    "why": ("無", "沒有", "還好", "不錯", "普通", "ok", "憑感覺"),
    "first": ("忘了", "朋友介紹", "路過", "無", "不記得了", "網路"),
    "like": ("都很好", "咖啡", "都不錯", "無", "氣氛", "店員", "讚"),
    "improve": ("無", "沒有", "目前沒有", "都很好", "暫無", "還好", "-", "沒"),
    "wish": ("無", "沒有", "都可以", "目前沒想到", "沒意見", "維持現狀就好"),
}

AGREE = ("非常不同意", "不同意", "普通", "同意", "非常同意")
STORES = ("台北大安店", "新北板橋店", "台中西區店", "台南中西店")

# Each closed question: the options and, per group (work, takeout, gather), how often each is chosen.
SINGLE: dict[str, tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]] = {
    "您大約多久來一次豆子巷咖啡？": (
        ("幾乎每天", "每週 2–3 次", "每週一次", "每月 1–2 次", "更少"),
        ((14, 46, 24, 12, 4), (50, 30, 12, 6, 2), (1, 6, 20, 47, 26)),
    ),
    "您通常什麼時段來？": (
        ("平日早上（10 點前）", "平日中午", "平日下午", "平日晚上", "週末或假日"),
        ((12, 10, 48, 18, 12), (66, 15, 8, 5, 6), (2, 5, 11, 14, 68)),
    ),
    "每次大約停留多久？": (
        ("10 分鐘以內", "10–30 分鐘", "30 分鐘–1 小時", "1–2 小時", "2 小時以上"),
        ((2, 6, 14, 30, 48), (66, 20, 8, 4, 2), (2, 5, 21, 54, 18)),
    ),
    "您平均每次消費大約多少？": (
        ("100 元以下", "101–150 元", "151–250 元", "251–400 元", "401 元以上"),
        ((9, 38, 37, 13, 3), (58, 28, 10, 3, 1), (1, 6, 25, 43, 25)),
    ),
}
MULTIPLE: dict[str, tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]] = {
    "您來店裡主要是為了什麼？（可複選）": (
        ("買一杯提神", "工作或讀書", "和朋友家人聚聚", "吃甜點", "開會談事情", "一個人放空", "買豆子或伴手禮"),
        ((34, 86, 12, 22, 30, 36, 8), (88, 10, 6, 8, 5, 6, 12), (12, 7, 85, 70, 8, 18, 20)),
    ),
    "您用過哪些方式點餐？（可複選）": (
        ("櫃檯點餐", "桌邊掃 QR Code", "App 預點", "LINE 點餐", "外送平台"),
        ((72, 62, 20, 14, 12), (48, 5, 68, 34, 24), (66, 70, 8, 10, 10)),
    ),
}
GRID = "您同意以下的描述嗎？"
STATEMENTS: dict[str, tuple[tuple[int, ...], ...]] = {
    "插座和網路夠用": ((16, 26, 22, 26, 10), (3, 8, 62, 20, 7), (3, 9, 58, 22, 8)),
    "等候的時間可以接受": ((2, 8, 30, 44, 16), (20, 32, 22, 20, 6), (8, 22, 34, 28, 8)),
    "座位舒適，可以久坐": ((5, 17, 24, 38, 16), (4, 10, 58, 22, 6), (6, 16, 26, 36, 16)),
    "甜點好吃": ((2, 8, 46, 34, 10), (4, 8, 60, 22, 6), (1, 4, 13, 40, 42)),
    "價格合理": ((4, 14, 38, 36, 8), (6, 16, 30, 36, 12), (15, 34, 30, 17, 4)),
    "店員親切": ((2, 5, 24, 46, 23), (2, 7, 30, 43, 18), (2, 8, 24, 42, 24)),
}
NPS = "您有多大的可能會把豆子巷咖啡推薦給朋友或同事？（0＝絕不可能，10＝一定會）"
NPS_WEIGHTS = {
    "work": (1, 1, 2, 3, 4, 8, 10, 18, 25, 16, 12),
    "takeout": (2, 2, 3, 4, 6, 12, 14, 20, 18, 10, 9),
    "gather": (1, 1, 2, 3, 4, 7, 10, 15, 22, 18, 17),
}
DEMOGRAPHIC: dict[str, tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]] = {
    "您是我們的會員嗎？": (
        ("是，會累積點數", "是，但很少用", "不是"),
        ((38, 32, 30), (58, 24, 18), (20, 34, 46)),
    ),
    "您的年齡": (
        ("18–24 歲", "25–34 歲", "35–44 歲", "45–54 歲", "55 歲以上"),
        ((30, 42, 20, 6, 2), (10, 34, 30, 18, 8), (16, 30, 28, 14, 12)),
    ),
    "您的性別": (("女", "男", "其他", "不願透露"), ((52, 42, 2, 4), (48, 48, 1, 3), (66, 29, 2, 3))),
    "您的職業": (
        ("學生", "上班族", "自由工作者", "服務業", "軍公教", "家管", "退休", "其他"),
        ((30, 30, 30, 3, 3, 1, 0, 3), (8, 56, 4, 14, 12, 1, 1, 4), (14, 40, 6, 10, 9, 12, 5, 4)),
    ),
}
AGES_OF = {"學生": {"18–24 歲", "25–34 歲"}, "退休": {"55 歲以上"}}
STORE = "您最常去哪一家分店？"

REPLIES = (
    "您好，謝謝您的意見，我們會請門市加強，期待再次為您服務。",
    "非常抱歉讓您有不好的感受，已轉達店長了解，歡迎私訊粉專提供消費時間。",
    "感謝您的回饋，尖峰時段人力我們正在調整中，造成不便敬請見諒。",
)

# How likely each open question is answered, and which tones a person with a low, middling or high score leans to.
ANSWERED = {"why": 0.58, "first": 0.44, "like": 0.5, "improve": 0.56, "wish": 0.42}
LEANING = {
    "low": {"-": 8, "~": 4, "0": 1, "+": 0},
    "middle": {"-": 3, "~": 5, "0": 2, "+": 3},
    "high": {"-": 0, "~": 2, "0": 2, "+": 8},
}
# Tags of comments that not everybody could have written: the answer that they presuppose.
WHO: dict[str, tuple[str, tuple[str, ...]]] = {
    "student": ("您的職業", ("學生",)),
    "office": ("您的職業", ("上班族", "軍公教", "服務業")),
    "parent": ("您的年齡", ("25–34 歲", "35–44 歲", "45–54 歲")),
    "retired": ("您的年齡", ("55 歲以上",)),
    "woman": ("您的性別", ("女",)),
    "man": ("您的性別", ("男",)),
    "often": ("您大約多久來一次豆子巷咖啡？", ("幾乎每天", "每週 2–3 次")),
    **{store: (STORE, (store,)) for store in STORES},
}


@dataclass(frozen=True)
class Comment:
    """One hand-written comment: what it answers, who would say it, in which tone."""

    group: str
    tone: str
    text: str
    who: str = ""


def read_comments(path: Path) -> list[Comment]:
    """The comments of one file: [group] headings, then one comment a line behind its tone (reviews: behind its stars)."""
    found, group = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            group = heading[1]
        elif match := re.fullmatch(r"([-+~012345]) (.+?)(?: \{(\w+)\})?", line):
            found.append(Comment(group, match[1], match[2].replace("\\n", "\n"), match[3] or ""))
        else:
            raise SystemExit(f"{path.name}, line {number}: neither a heading nor a comment: {line}")
    return found


def level(person: dict[str, str]) -> str:
    """low, middle or high: the score that this person gave."""
    score = int(person[NPS] or 7)
    return "low" if score <= 5 else "middle" if score <= 7 else "high"


def draw(left: list[Comment], group: str, person: dict[str, str], tones: dict[str, int], chance: random.Random) -> str:
    """Take a comment out of ``left`` that this person could have written; "" when there is none."""
    fits = [c for c in left if c.group in (group, "any") and tones.get(c.tone, 1)]
    fits = [c for c in fits if not c.who or person[WHO[c.who][0]] in WHO[c.who][1]]
    if not fits:
        return ""
    chosen = chance.choices(fits, weights=[tones.get(c.tone, 1) * (5 if c.who else 1) for c in fits])[0]
    left.remove(chosen)
    return chosen.text


def habit(own: int, chance: random.Random) -> int:
    """The group that this one answer is typical of: mostly the person's own, for nobody fits a group in everything."""
    return chance.randrange(len(GROUPS)) if chance.random() < ODD else own


def make_person(group: str, chance: random.Random) -> dict[str, str]:
    """The closed answers of one member of a group, some left blank."""
    own = GROUPS.index(group)
    row: dict[str, str] = {}
    for question, (options, weights) in SINGLE.items():
        row[question] = chance.choices(options, weights=weights[habit(own, chance)])[0]
    for question, (options, shares) in MULTIPLE.items():
        at = habit(own, chance)
        chosen = [o for o, share in zip(options, shares[at], strict=True) if chance.random() * 100 < share]
        row[question] = ", ".join(chosen)
    mood = chance.gauss(0, 0.55)
    for statement, weights in STATEMENTS.items():
        choice = chance.choices(range(5), weights=weights[habit(own, chance)])[0] + round(mood + chance.gauss(0, 0.25))
        row[f"{GRID} [{statement}]"] = AGREE[min(max(choice, 0), 4)]
    score = chance.choices(range(11), weights=NPS_WEIGHTS[group])[0] + round(1.6 * mood)
    row[NPS] = str(min(max(score, 0), 10))
    for question in [*row]:
        if chance.random() < MISSING:
            row[question] = ""
    row[STORE] = chance.choices(STORES, weights=(34, 28, 20, 18))[0]
    for question, (options, weights) in DEMOGRAPHIC.items():
        row[question] = chance.choices(options, weights=weights[own])[0]
    while row["您的年齡"] not in AGES_OF.get(row["您的職業"], {row["您的年齡"]}):
        row["您的職業"] = chance.choices(*DEMOGRAPHIC["您的職業"][:1], weights=DEMOGRAPHIC["您的職業"][1][own])[0]
    for question in DEMOGRAPHIC:
        if chance.random() < MISSING:
            row[question] = ""
    return row


def timestamp(moment: datetime) -> str:
    """As the form's export writes it in Taiwan: 2025/09/03 2:07:45 下午 GMT+8."""
    half = "上午" if moment.hour < 12 else "下午"
    return f"{moment:%Y/%m/%d} {(moment.hour - 1) % 12 + 1}:{moment:%M:%S} {half} GMT+8"


def make_questionnaire() -> tuple[list[str], list[dict[str, str]], list[str]]:
    """Header, rows and the latent group of each row."""
    chance = random.Random(SEED)
    groups = [group for group, n in RESPONDENTS.items() for _ in range(n)]
    chance.shuffle(groups)
    people = [make_person(group, chance) for group in groups]
    for question, text in OPEN.items():
        left = read_comments(HERE / "comments" / f"{question}.txt")
        for i in chance.sample(range(len(people)), len(people)):
            person, answer = people[i], ""
            if chance.random() < ANSWERED[question]:
                tones = LEANING[level(person)] if question == "why" else {}
                answer = draw(left, groups[i], person, tones, chance)
            elif chance.random() < 0.09:
                answer = chance.choice(BARE[question])
            person[text] = answer
    header = ["時間戳記", STORE, *SINGLE, *MULTIPLE, *(f"{GRID} [{s}]" for s in STATEMENTS), NPS, *OPEN.values(), *DEMOGRAPHIC]
    days = (timedelta(days=chance.randrange(28), hours=chance.triangular(7, 24, 21)) for _ in people)
    for person, moment in zip(people, sorted(datetime(2025, 9, 1, tzinfo=TAIPEI) + day for day in days), strict=True):
        person["時間戳記"] = timestamp(moment)
    return header, people, groups


def make_reviews() -> tuple[list[str], list[dict[str, str]], list[str]]:
    """The review export: hand-written texts with their stars, star-only reviews between them, and the latent group of each."""
    chance = random.Random(SEED + 1)
    rows, groups = [], []
    entries = read_comments(HERE / "comments" / "reviews.txt")
    stars_only = [
        Comment("", chance.choices("12345", weights=(6, 4, 10, 26, 54))[0], "") for _ in range(round(len(entries) * 0.3))
    ]
    entries = entries + stars_only
    chance.shuffle(entries)
    days = sorted((chance.randrange(420) for _ in entries), reverse=True)
    for number, (entry, day) in enumerate(zip(entries, days, strict=True), start=1):
        written = date(2024, 8, 1) + timedelta(days=419 - day)
        rows.append(
            {
                "評論編號": f"gm-{number:04d}",
                "分店": entry.who or chance.choices(STORES, weights=(36, 26, 20, 18))[0],
                "評分": entry.tone,
                "評論內容": entry.text,
                "評論日期": f"{written:%Y-%m-%d}",
                "按讚數": str(int(chance.expovariate(0.8))),
                "商家回覆": chance.choice(REPLIES) if entry.text and entry.tone in "123" and chance.random() < 0.5 else "",
            }
        )
        groups.append(entry.group)
    return list(rows[0]), rows, groups


def write(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    """A CSV as these platforms write it: UTF-8 with BOM, CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write the three files into this folder."""
    truth = []
    for name, (header, rows, groups) in {
        "questionnaire.csv": make_questionnaire(),
        "google-maps-reviews.csv": make_reviews(),
    }.items():
        write(folder / name, header, rows)
        truth += [{"file": name, "record": str(n), "group": group} for n, group in enumerate(groups, start=1)]
    write(folder / "truth.csv", ["file", "record", "group"], truth)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
