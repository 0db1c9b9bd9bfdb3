"""A heading made of a file's name: what the export tool put around the survey's own title is taken off, dates stay."""

from __future__ import annotations

import re

_COPIES = re.compile(r"\s*(?:[(（]\d+[)）]|[-_ ]+(?:copy|copie|副本|複本|拷貝|拷贝))+$", re.IGNORECASE)
"""What a browser or a desktop adds to a second file of the same name."""
_AROUND = (
    re.compile(r"_(?:january|february|march|april|may|june|july|august|september|october|november|december)[ +]\d{1,2},[ +]\d{4}_\d\d\.\d\d$", re.IGNORECASE),
    re.compile(r"[-_ ]+(?:all[ _]versions|latest[ _]version)(?![^\W_]).*$", re.IGNORECASE),  # KoboToolbox: languages and time of the export follow
    re.compile(r"^\d{6,}[-_](?:按文本|按序号|按序號|按分数|按分數)[-_]|[-_](?:按文本|按序号|按序號|按分数|按分數)\b"),  # Wenjuanxing
    re.compile(r"(?<=\D)_\d+_\d+$"),  # Wenjuanxing: how many answers
    re.compile(r"[(（]\d+[-–~]\d+[)）]$"),  # Microsoft Forms: the first and the last answer
    re.compile(r"\s*[(（](?:responses|responder|回覆|回复|回應|回应|表單回應|表单回复)[)）]", re.IGNORECASE),
    re.compile(r"\s*-\s*(?:form[ _]responses[ _]\d+|表單回應[ _]\d+|sheet ?\d+|工作表 ?\d+)$", re.IGNORECASE),
    re.compile(r"[-_ ]*(?:收集结果|收集結果|导出数据|導出資料|匯出資料|导出|匯出)"),
    re.compile(r"\bresults[-_ ](?=survey)", re.IGNORECASE),  # LimeSurvey
    re.compile(r"(?<=[^\W_])(?: - |[-_+]+)(?:exports?|exported|responses?)(?=$|[-_ +])", re.IGNORECASE),
)  # fmt: skip
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([_.])(\d\d)(?:\2(\d\d))?(?![\d.])")


def readable(stem: str) -> str:
    """The heading for a study whose only name is that of a file or folder; the name itself where nothing else is left of it."""
    text = _COPIES.sub("", re.sub(r"\.(?:csv|tsv|json)$", "", stem.strip()))
    for around in _AROUND:
        text = around.sub("", text)
    text = spaced(re.sub(r"^(survey)(?=\d{4,}$)", r"\1 ", text))
    return text if re.search(r"[^\W\d_]", text) else stem


def spaced(stem: str) -> str:
    """The words of a file's name apart, its days as days, the first letter large."""
    text = _DAY.sub(lambda m: "-".join(part for part in m.group(1, 3, 4) if part), stem)
    if " " not in text:
        text = re.sub(r"[+_]+", " ", text)
    if " " not in text:
        text = re.sub(r"(?<!\d)-|-(?!\d)", " ", text)
    text = re.sub(r"(?<=\s)_|_(?=\s)|_+", " ", text)
    text = " ".join(text.split()).strip(" -_,")
    return text[0].upper() + text[1:] if re.match(r"[a-z-]+(?:\s|$)", text) else text
