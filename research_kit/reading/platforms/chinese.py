"""Chinese survey platforms: 问卷星, 腾讯问卷, 金数据, SurveyCake."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pandas as pd

from research_kit.reading.platforms.layout import Layout, View, clean, meanings, spread_hints
from research_kit.reading.platforms.signature import Signature
from research_kit.reading.said import said
from research_kit.records import Column

_TYPE = re.compile(
    r"\s*[\[【(（](?:单选|多选|填空|量表|矩阵|排序|评分|打分|下拉|NPS|文件|滑动|简答|單選|複選|多選|填充|問答)[^\]】)）]{0,6}题?[\]】)）]\s*"
)
_SKIPPED = re.compile(r"^[(（](?:跳过|空|跳過)[)）]$")
_OTHER_TEXT = re.compile(r"[〖【]([^〖〗【】]*)[〗】]")
_NUMBERED = re.compile(r"^(?P<n>\d{1,3})\s*[、．.]\s*(?P<rest>.+)$", re.DOTALL)
_BARE_OPTION = re.compile(r"^(?P<n>\d{1,3})\s*[、．.]?\s*[(（](?P<option>.+?)[:：]?[)）]$")
_IN_BRACKETS = re.compile(r"^[(（](?P<option>[^()（）]+)[)）]$")
_LAST_BRACKETS = re.compile(r"^(?P<text>.+?)\s*[(（](?P<option>[^()（）]+)[)）]$")


# ---------------------------------------------------------------- 问卷星


def _wjx(view: View, columns: list[Column]) -> Layout:
    body = view.grid.frame.iloc[1:].copy()
    done = [_wjx_column(view, c) if not c.hint or c.hint in ("option", "row", "other_text") else c for c in columns]
    done = _bracketed(done)
    runs = _runs(done)
    skipped = _blank_skipped(body, done)
    boxes = _take_out_other(body, done)
    answers = View.of(replace(view.grid, frame=pd.concat([view.grid.frame.iloc[:1], body[list(view.grid.frame.columns)]])))
    for run in runs:
        for column in spread_hints(answers, [done[i] for i in run]):
            done[column.position] = column
    notes = [said("wjx-skipped", n=skipped)] if skipped else []
    notes += [said("wjx-written", n=len(boxes))] if boxes else []
    rule = said("header-has", names="序号, 提交答卷时间, 所用时间", platform="问卷星")
    return Layout("wjx", rule, (*done, *boxes), body=body, notes=tuple(notes))


def _wjx_column(view: View, column: Column) -> Column:
    """ "3、题干[多选题]", "3、题干—行", "3(选项)": number, text and label."""
    text = _TYPE.sub("", clean(view.top[0][column.position]))
    bare = _BARE_OPTION.match(text)
    if bare:
        return Column(column.position, f"Q{bare['n']}", bare["option"], code=f"Q{bare['n']}")
    number = _NUMBERED.match(text)
    code, rest = (f"Q{number['n']}", number["rest"]) if number else ("", text)
    stem, dash, label = rest.partition("—")
    if not dash:
        stem, dash, label = (column.text, "-", column.label) if column.label else (rest, "", "")
        stem = _NUMBERED.sub(r"\g<rest>", _TYPE.sub("", stem))
    label = label.strip("— ")
    bracketed = _IN_BRACKETS.match(label)
    return Column(column.position, stem.strip(), bracketed["option"] if bracketed else label, code=code)


def _bracketed(columns: list[Column]) -> list[Column]:
    """ "5、题干(选项)" beside others of the same number that differ only in the brackets: what stands in them is the option."""
    matches = [_LAST_BRACKETS.match(c.text) if c.code and not c.label and not c.hint else None for c in columns]
    stems = Counter((c.code, m["text"]) for c, m in zip(columns, matches, strict=True) if m)
    return [
        replace(c, text=m["text"], label=m["option"]) if m and stems[c.code, m["text"]] > 1 else c
        for c, m in zip(columns, matches, strict=True)
    ]


def _runs(columns: list[Column]) -> list[list[int]]:
    """Labelled neighbours of one question; a bare option joins the text of the numbered question before it."""
    texts: dict[str, str] = {}
    bare = {c.code for c in columns if c.label and c.text == c.code}
    for i, column in enumerate(columns):
        # "2、您喝什么(美式)" before "2(拿铁)": the first option stands behind the question itself.
        first = (
            _LAST_BRACKETS.match(column.text) if column.code in bare and not column.label and column.code not in texts else None
        )
        if first:
            column = columns[i] = replace(column, text=first["text"], label=first["option"])
            texts[column.code] = column.text
        elif column.code and not column.label:
            texts.setdefault(column.code, column.text)
        elif column.label and column.text == column.code and column.code in texts:
            columns[i] = replace(column, text=texts[column.code])
    runs: list[list[int]] = []
    for i, column in enumerate(columns):
        if not column.label:
            continue
        if runs and runs[-1][-1] == i - 1 and (columns[i - 1].code, columns[i - 1].text) == (column.code, column.text):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [run for run in runs if len(run) > 1]


def _blank_skipped(body: pd.DataFrame, columns: list[Column]) -> int:
    """Blank the cells that say that nobody answered; -3 and -2 only where a column holds small numbers otherwise."""
    count = 0
    for column in columns:
        cells = body[column.position]
        silent = cells.str.fullmatch(_SKIPPED.pattern)
        coded = cells.isin(["-3", "-2"])
        if coded.any() and cells[~coded & (cells != "") & ~silent].str.fullmatch(r"\d{1,3}").all():
            silent |= coded
        if silent.any():
            count += int(silent.sum())
            body[column.position] = cells.mask(silent, "")
    return count


def _take_out_other(body: pd.DataFrame, columns: list[Column]) -> list[Column]:
    """ "其他〖自己写的〗" -> "其他", and the text in a column of its own behind the last one: these columns."""
    boxes: list[Column] = []
    for column in columns:
        cells = body[column.position]
        if column.hint in ("ip", "meta") or not cells.str.contains("[〖【]", regex=True).any():
            continue
        closed = cells[cells != ""].str.replace(_OTHER_TEXT.pattern, "", regex=True)
        if closed.nunique() > max(12, 0.5 * len(closed)):
            continue  # prose with brackets
        box = Column(body.shape[1], column.text, column.label or "其他", code=column.code, hint="other_text")
        body[box.position] = cells.str.extract(_OTHER_TEXT.pattern, expand=False).fillna("").astype("str")
        body[column.position] = cells.str.replace(_OTHER_TEXT.pattern, "", regex=True)
        boxes.append(box)
    return boxes


WJX = Signature(
    "wjx",
    ("序号|編號|序號", "提交答卷时间|提交答卷時間", "所用时间|所用時間"),
    meanings("""
        respondent_id: 序号 | 序號
        submitted: 提交答卷时间 | 提交答卷時間
        duration: 所用时间 | 所用時間
        meta: 来源 | 來源 | 来源详情 | 來源詳情 | 总分 | 總分
        ip: 来自ip | 來自ip
    """),
    title="问卷星",
    finish=_wjx,
)

# ---------------------------------------------------------------- 腾讯问卷


def _tencent(view: View, columns: list[Column]) -> list[Column]:
    """Questions are numbered "1.题干"; the columns of one question begin with its text, "_填空3" is the text box of option 3."""
    done = []
    for column in columns:
        number = _NUMBERED.match(column.text)
        box = re.search(r"_填空\d*$", clean(view.top[0][column.position]))
        code = f"Q{number['n']}" if number else column.code
        text = number["rest"] if number else column.text
        text = re.sub(r"_填空\d*$", "", text)
        label = re.sub(r"^填空(\d*)$", r"填空\1", column.label)
        if box:
            done.append(Column(column.position, text, label or box.group().strip("_"), code=code, hint="other_text"))
        else:
            done.append(replace(column, text=text, code=code))
    return done


TENCENT = Signature(
    "tencent",
    ("编号|編號", "开始答题时间|開始答題時間", "结束答题时间|結束答題時間"),
    meanings("""
        respondent_id: 编号 | 編號
        started: 开始答题时间 | 開始答題時間
        submitted: 结束答题时间 | 結束答題時間
        duration: 答题时长 | 答題時長
        language: 语言
        meta: 清洗数据结果 | 智能清洗数据无效概率 | 地理位置国家和地区 | 地理位置省 | 地理位置市 | 用户类型 | 用户标识
        meta: 自定义字段 | ua | referrer | 中奖时间 | 中奖金额
        name: 昵称
        ip: ip
        status: 审核状态
    """),
    title="腾讯问卷",
    finish=_tencent,
)

# ---------------------------------------------------------------- 金数据

JINSHUJU = Signature(
    "jinshuju",
    ("序号", "提交时间", "提交人|填写时长|修改时间|填写设备|填写ip|gen_code"),
    meanings("""
        respondent_id: 序号
        name: 提交人 | 微信昵称
        submitted: 提交时间
        meta: 修改时间 | 更新时间 | 填写设备 | 操作系统 | 浏览器 | 设备 | ip所在地 | 扩展属性 | 微信openid | openid
        meta: 微信性别 | 微信国家 | 微信省市 | 微信市
        duration: 填写时长
        ip: ip | 填写ip
    """),
    title="金数据",
    note="guess-layout",
)

# ---------------------------------------------------------------- SurveyCake

_SURVEYCAKE_HINTS = meanings("""
    submitted: 填答時間 | 填答时间 | 送出時間 | 填寫時間 | submit time | submitted time | submission time
    started: 開始填答時間 | 開始時間 | start time
    duration: 填答秒數 | 答題秒數 | 填答時長 | 作答時間 | 填答時間(秒) | time spent | spent time
    ip: IP紀錄 | IP 紀錄 | IP記錄 | IP位址 | IP | IP address
    respondent_id: Hash | 填答者編號 | 問卷編號 | 回覆編號 | 編號 | 流水號 | 序號 | response id | no.
    meta: 額滿結束註記 | 額滿紀錄 | 使用者紀錄 | 會員時間 | 會員編號 | 自訂ID | 備註 | IP所在地 | 裝置 | 填答裝置 | 來源 | 填答來源
    meta: 問卷代碼 | 瀏覽器 | 作業系統 | IP 重複 | 填答語言 | device | browser
    email: email | 電子郵件 | 會員email
    name: 會員姓名
""")
SURVEYCAKE = Signature(
    "surveycake",
    (
        "填答時間|填答时间|送出時間",
        "填答秒數|額滿結束註記|使用者紀錄|答題秒數|填答時長|ip紀錄|ip 紀錄|ip記錄|填答者編號|填答裝置|問卷代碼|填答來源|額滿紀錄",
    ),
    _SURVEYCAKE_HINTS,
    title="SurveyCake",
    note="guess-layout",
)
SURVEYCAKE_BARE = Signature(
    "surveycake",
    ("填答時間|填答时间",),
    _SURVEYCAKE_HINTS,
    title="SurveyCake",
    note="guess-layout",
)
"""Only the time of the answer is left; the word is SurveyCake's own."""
