"""Synthetic survey exports, one per layout that reference names; every answer is invented. ``python make_cases.py`` writes the files.

Each case: file name, rows (header rows included), how it is written, and what reading must find. ``columns`` maps a position to
(text, label, hint); ``cells`` maps (row in the file, position) to the text of the cell.
"""

# ruff: noqa: E501  one line is one row of a table
from __future__ import annotations

QUALTRICS_META = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId",
    "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude",
    "DistributionChannel", "UserLanguage",
]  # fmt: skip


def _qualtrics_person(n: int, *, preview: bool = False) -> list[str]:
    status = "Survey Preview" if preview else "IP Address"
    return [f"2026-03-0{n} 09:1{n}:00", f"2026-03-0{n} 09:2{n}:30", status, f"203.0.113.{n}", "100", f"63{n}", "True",
            f"2026-03-0{n} 09:2{n}:31", f"R_1a2B3c4D5e6F7g{n}", "", "", "", "", "25.03", "121.5", "anonymous", "EN"]  # fmt: skip


def _import_ids(ids: list[str]) -> list[str]:
    return ['{"ImportId":"' + i + '"}' for i in ids]


_QUALTRICS_NEW = [
    [*QUALTRICS_META, "Q1", "Q2_1", "Q2_2", "Q2_3", "Q2_3_TEXT", "Q3_1", "Q3_2", "Q4", "Q4_NPS_GROUP", "Q5", "Q5 - Topics", "FL_7_DO"],
    ["Anfangsdatum", "Enddatum", "Antworttyp", "IP-Adresse", "Fortschritt", "Dauer", "Beendet", "Aufgezeichnet", "Antwort-ID", "Nachname",
     "Vorname", "E-Mail", "Externe Daten", "Breitengrad", "Längengrad", "Kanal", "Sprache",
     "How often do you\ntravel by train?", "Which snacks do you buy? - Selected Choice - Tea", "Which snacks do you buy? - Selected Choice - Rice ball",
     "Which snacks do you buy? - Selected Choice - Other", "Which snacks do you buy? - Other - Text", "How good are these? - Seats",
     "How good are these? - Staff", "How likely are you to recommend us?", "How likely are you to recommend us? - Group",
     "What should we change?", "Q5 - Topics", "FL_7 - Block Randomizer - Display Order"],
    _import_ids([*"startDate endDate status ipAddress progress duration finished recordedDate _recordId recipientLastName recipientFirstName "
                 "recipientEmail externalDataReference locationLatitude locationLongitude distributionChannel userLanguage".split(),
                 "QID1", "QID2_1", "QID2_2", "QID2_3", "QID2_3_TEXT", "QID3_1", "QID3_2", "QID4", "QID4_NPS_GROUP", "QID5_TEXT", "QID5_TOPICS", "FL_7_DO"]),
    [*_qualtrics_person(1), "Weekly", "Tea", "", "", "", "Good", "Good", "9", "Promoter", "More seats, please", "seats", "FL_8|FL_9"],
    [*_qualtrics_person(2), "Daily", "Tea", "Rice ball", "Other", "plum sweets", "Fair", "Good", "8", "Passive", "", "", "FL_9|FL_8"],
    [*_qualtrics_person(3, preview=True), "Never", "", "", "", "", "", "", "1", "Detractor", "test", "", ""],
]  # fmt: skip
_QUALTRICS_COLUMNS = {
    2: ("Antworttyp", "", "status"),
    8: ("Antwort-ID", "", "respondent_id"),
    17: ("How often do you travel by train?", "", ""),
    18: ("Which snacks do you buy?", "Tea", "option"),
    20: ("Which snacks do you buy?", "Other", "option"),
    21: ("Which snacks do you buy?", "Other", "other_text"),
    22: ("How good are these?", "Seats", "row"),
    23: ("How good are these?", "Staff", "row"),
    25: ("How likely are you to recommend us? - Group", "", "drop"),
    26: ("What should we change?", "", ""),
    27: ("Q5 - Topics", "", "drop"),
    28: ("FL_7 - Block Randomizer - Display Order", "", "drop"),
}
_QUALTRICS_LEGACY = [
    ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "Q1", "Q2_1", "Q2_2", "LocationLatitude", ""],
    ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status", "StartDate", "EndDate", "Finished",
     "How do you feel today?", "Rate these-Seats", "Rate these-Staff", "LocationLatitude", ""],
    ["R_862TbryT6hpIAaA", "Default Response Set", "Anonymous", "", "", "203.0.113.7", "0", "2016-05-27 11:44:08", "2016-05-27 11:45:01", "1", "2", "3", "4", "42.4", ""],
    ["R_862TbryT6hpIAbB", "Default Response Set", "Anonymous", "", "", "203.0.113.8", "0", "2016-05-27 11:46:08", "2016-05-27 11:48:01", "1", "1", "5", "4", "42.4", ""],
]  # fmt: skip
_SURVEYMONKEY_META = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
]
_SURVEYMONKEY = [
    [*_SURVEYMONKEY_META, "Do you own a bicycle?", "Where do you <b>ride</b>?&nbsp;", "", "", "How are the lanes?", "", "What would help?"],
    [""] * 9 + ["Response", "City", "Hills", "Other (please specify)", "Width", "Surface", "Open-Ended Response"],
    ["118000000001", "4401", "03/01/2026 10:00:00 AM", "03/01/2026 10:04:00 AM", "203.0.113.1", "", "", "", "", "Yes", "City", "", "", "Good", "Poor", "Fewer parked cars"],
    ["118000000002", "4401", "03/01/2026 11:00:00 AM", "03/01/2026 11:04:00 AM", "203.0.113.2", "", "", "", "", "No", "City", "Hills", "the harbour", "Poor", "Poor", ""],
    ["118000000003", "4401", "03/02/2026 09:00:00 AM", "03/02/2026 09:01:00 AM", "203.0.113.3", "", "", "", "", "Yes", "", "", "", "", "", ""],
]  # fmt: skip
_SURVEYMONKEY_COLUMNS = {
    0: ("Respondent ID", "", "respondent_id"), 3: ("End Date", "", "submitted"), 4: ("IP Address", "", "ip"), 9: ("Do you own a bicycle?", "", ""),
    10: ("Where do you ride?", "City", "option"), 12: ("Where do you ride?", "Other (please specify)", "other_text"),
    13: ("How are the lanes?", "Width", "row"), 14: ("How are the lanes?", "Surface", "row"), 15: ("What would help?", "", ""),
}  # fmt: skip


def _google(words: list[str]) -> list[list[str]]:
    return [
        words,
        ["2026/04/01 10:00:00", "a@example.org", "Latte, Tea", "4", "5", "Long queue"],
        ["2026/04/01 10:20:00", "b@example.org", "Tea", "2", "5", ""],
        ["2026/04/02 08:00:00", "c@example.org", "Latte", "3", "1", "Friendly people"],
    ]


def _google_columns(words: list[str], question: str, rows: tuple[str, str]) -> dict[int, tuple[str, str, str]]:
    return {0: (words[0], "", "submitted"), 1: (words[1], "", "email"), 2: (words[2], "", ""), 3: (question, rows[0], "row"),
            4: (question, rows[1], "row"), 5: (words[5], "", "")}  # fmt: skip


_GOOGLE_EN = [
    "Timestamp",
    "Email Address",
    "What do you drink?",
    "How good was it? [Taste]",
    "How good was it? [Service]",
    "Anything else?",
]
_GOOGLE_HANT = ["時間戳記", "電子郵件地址", "您喝什麼？", "您覺得如何？ [口味]", "您覺得如何？ [服務]", "還有什麼想說的？"]
_GOOGLE_HANS = ["时间戳记", "电子邮件地址", "您喝什么？", "您觉得如何？ [口味]", "您觉得如何？ [服务]", "还有什么想说的？"]


def _microsoft(fixed: list[str], questions: list[str]) -> list[list[str]]:
    return [
        [*fixed, *questions],
        ["1", "3/1/26 9:00:00", "3/1/26 9:04:10", "anonymous", "", "Maps;Photos;", "9", "Faster search"],
        ["2", "3/1/26 9:10:00", "3/1/26 9:12:10", "anonymous", "", "Photos;", "6", ""],
    ]


_TYPEFORM_TAIL = ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"]
_WJX_META = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "总分"]


def _wjx_person(n: int) -> list[str]:
    return [str(n), f"2026/5/{n} 12:03:44", f"{n}分3秒", "微信", "直接访问", f"203.0.113.{n}(台湾-台北)", "0"]


def _surveycake(order: str, join: str) -> list[list[str]]:
    """Five layouts that a Taiwanese platform may plausibly write: nobody has confirmed one."""
    meta = [
        ["填答時間", "2026-03-01 09:15:22", "2026-03-01 09:40:10", "2026-03-02 18:00:00"],
        ["答題秒數", "92", "133", "45"],
        ["IP紀錄", "203.0.113.1", "203.0.113.2", "203.0.113.3"],
    ]
    asked = [
        ["性別", "女", "男", "女"],
        ["您常點哪些飲料？", f"美式{join}拿鐵", "拿鐵", f"拿鐵{join}奶茶"],
        ["整體滿意度", "4", "5", "2"],
        ["請說明原因", "店員親切", "", "等太久"],
    ]
    columns = {"first": meta + asked, "last": asked + meta, "mixed": meta[:1] + asked + meta[1:]}[order]
    return [list(row) for row in zip(*columns, strict=True)]


SURVEYS = [
    {"file": "qualtrics-new.csv", "rows": _QUALTRICS_NEW, "bom": True, "platform": "qualtrics", "header_rows": 3, "n": 3, "columns": _QUALTRICS_COLUMNS},
    {"file": "qualtrics-new.tsv", "rows": _QUALTRICS_NEW, "encoding": "utf-16", "delimiter": "\t", "platform": "qualtrics", "header_rows": 3, "n": 3, "columns": _QUALTRICS_COLUMNS},
    {"file": "qualtrics-new.xlsx", "rows": _QUALTRICS_NEW, "platform": "qualtrics", "header_rows": 3, "n": 3, "columns": _QUALTRICS_COLUMNS},
    {
        "file": "qualtrics-numeric.csv",
        "rows": [
            [*QUALTRICS_META, "Q1", "Q2"], [*QUALTRICS_META, "How often?", "Which? (several)"], _import_ids([*QUALTRICS_META, "QID1", "QID2"]),
            [*_qualtrics_person(1), "3", "1,2,3"], [*_qualtrics_person(2), "-99", "2"],
        ],
        "platform": "qualtrics", "header_rows": 3, "n": 2, "columns": {17: ("How often?", "", "")}, "cells": {(4, 18): "1,2,3"}, "note": "recode-values",
    },
    {
        "file": "qualtrics-legacy.csv", "rows": _QUALTRICS_LEGACY, "bom": True, "platform": "qualtrics", "header_rows": 2, "n": 2,
        "columns": {0: ("ResponseID", "", "respondent_id"), 10: ("How do you feel today?", "", ""), 11: ("Rate these", "Seats", "row"), 12: ("Rate these", "Staff", "row")},
    },
    {"file": "surveymonkey-expanded.csv", "rows": _SURVEYMONKEY, "platform": "surveymonkey", "header_rows": 2, "n": 3, "columns": _SURVEYMONKEY_COLUMNS},
    {"file": "surveymonkey-expanded.xlsx", "rows": _SURVEYMONKEY, "platform": "surveymonkey", "header_rows": 2, "n": 3, "columns": _SURVEYMONKEY_COLUMNS},
    {
        "file": "surveymonkey-unspaced.csv",
        "rows": [
            ["RespondentID", "CollectorID", "StartDate", "EndDate", "IP Address", "Email Address", "First Name", "LastName", "Custom Data", "<p>Pick a colour</p>", ""],
            [""] * 9 + ["<i>Red</i>", "Blue"],
            ["118000000001", "1", "03/01/2014 10:00:00 AM", "03/01/2014 10:04:00 AM", "", "", "", "", "", "Red", ""],
            ["118000000002", "1", "03/01/2014 10:00:00 AM", "03/01/2014 10:04:00 AM", "", "", "", "", "", "", "Blue"],
        ],
        "encoding": "cp1252", "platform": "surveymonkey", "header_rows": 2, "n": 2,
        "columns": {0: ("RespondentID", "", "respondent_id"), 9: ("Pick a colour", "Red", "option"), 10: ("Pick a colour", "Blue", "option")},
    },
    {
        "file": "surveymonkey-condensed.csv",
        "rows": [
            [*_SURVEYMONKEY_META, "Do you own a bicycle?", "Do you own a bicycle? - Other (please specify)", "Where do you ride?"],
            ["118000000001", "4401", "03/01/2026", "03/01/2026", "", "", "", "", "", "Yes", "", "City, Hills"],
            ["118000000002", "4401", "03/01/2026", "03/01/2026", "", "", "", "", "", "", "a scooter", "City"],
        ],
        "platform": "surveymonkey", "header_rows": 1, "n": 2,
        "columns": {9: ("Do you own a bicycle?", "", ""), 10: ("Do you own a bicycle?", "Other (please specify)", "other_text"), 11: ("Where do you ride?", "", "")},
    },
    {"file": "google-forms-en.csv", "rows": _google(_GOOGLE_EN), "platform": "google-forms", "n": 3, "columns": _google_columns(_GOOGLE_EN, "How good was it?", ("Taste", "Service"))},
    {"file": "google-forms-zh-hant.csv", "rows": _google(_GOOGLE_HANT), "encoding": "big5", "platform": "google-forms", "n": 3, "columns": _google_columns(_GOOGLE_HANT, "您覺得如何？", ("口味", "服務"))},
    {"file": "google-forms-zh-hans.csv", "rows": _google(_GOOGLE_HANS), "encoding": "gb18030", "platform": "google-forms", "n": 3, "columns": _google_columns(_GOOGLE_HANS, "您觉得如何？", ("口味", "服务"))},
    {
        "file": "google-forms-serial.csv",
        "rows": [["Timestamp", "What do you drink?"], ["46200.5", "Tea"], ["46201.25", "Latte"]],
        "platform": "google-forms", "n": 2, "columns": {0: ("Timestamp", "", "submitted")}, "cells": {(2, 0): "2026-06-27 12:00:00", (3, 0): "2026-06-28 06:00:00"}, "note": "serial",
    },
    {
        "file": "microsoft-forms.xlsx", "rows": _microsoft(["ID", "Start time", "Completion time", "Email", "Name"], ["What do\nyou use?\xa0", "How likely are you to recommend us?", "Why?"]),
        "platform": "microsoft-forms", "n": 2, "columns": {0: ("ID", "", "respondent_id"), 1: ("Start time", "", "started"), 2: ("Completion time", "", "submitted"), 3: ("Email", "", "email"), 5: ("What do you use?", "", "")},
        "cells": {(2, 5): "Maps;Photos;"},
    },
    {
        "file": "microsoft-forms-zh-hant.csv", "rows": _microsoft(["識別碼", "開始時間", "完成時間", "電子郵件", "名稱"], ["您使用什麼？", "您會推薦嗎？", "為什麼？"]),
        "platform": "microsoft-forms", "n": 2, "columns": {0: ("識別碼", "", "respondent_id"), 2: ("完成時間", "", "submitted"), 7: ("為什麼？", "", "")},
    },
    {
        "file": "microsoft-forms-dutch.csv", "rows": _microsoft(["Id-nr", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"], ["Wat gebruikt u?", "Beveelt u ons aan?", "Waarom?"]),
        "platform": "microsoft-forms", "n": 2, "columns": {1: ("Begintijd", "", "started"), 3: ("E-mail", "", "email"), 5: ("Wat gebruikt u?", "", "")}, "note": "by-place",
    },
    {
        "file": "typeform.csv",
        "rows": [
            ["#", "Hi, what's your name?", "Nice, {{field:01AB}}. Which muscles hurt?", "Phone", "Anything else?", "Anything else?", *_TYPEFORM_TAIL],
            ["a1b2c3d4", "Ann", " / Biceps / Deltoid", "'+886912345678", "no", "", "completed", "2026-03-01 10:00:00", "", "2026-03-01 10:04:00", "9f8e7d", "", ""],
            ["b1b2c3d4", "Ben", " / Biceps", "'+886987654321", "", "yes", "completed", "2026-03-01 11:00:00", "", "2026-03-01 11:04:00", "8f8e7d", "", ""],
        ],
        "platform": "typeform", "n": 2,
        "columns": {0: ("#", "", "respondent_id"), 2: ("Nice, ___. Which muscles hurt?", "", ""), 4: ("Anything else?", "", ""), 5: ("Anything else?", "", ""), 9: ("Submit Date (UTC)", "", "submitted")},
        "cells": {(2, 3): "+886912345678"},
    },
    {
        "file": "typeform-older.csv",
        "rows": [
            ["#", "How old are you?", "Biceps", "Deltoid", "Calves", "Other", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
            ["a1", "30", "Biceps", "", "", "", "2018-03-01 10:00:00", "2018-03-01 10:04:00", "9f"],
            ["a2", "41", "Biceps", "Deltoid", "", "left knee", "2018-03-01 10:00:00", "2018-03-01 10:04:00", "8f"],
            ["a3", "28", "", "Deltoid", "Calves", "", "2018-03-01 10:00:00", "2018-03-01 10:04:00", "7f"],
        ],
        "platform": "typeform", "n": 3,
        "columns": {2: ("Biceps / Deltoid / Calves", "Biceps", "option"), 4: ("Biceps / Deltoid / Calves", "Calves", "option"), 5: ("Biceps / Deltoid / Calves", "Other", "other_text")},
    },
    {
        "file": "limesurvey-codes.csv",
        "rows": [
            ["id", "submitdate", "lastpage", "startlanguage", "seed", "G1Q1", "Q5[SQ001]", "Q5[SQ002]", "M3[SQ001]", "M3[SQ002]", "M3[other]", "Q2[comment]", "interviewtime", "groupTime715"],
            ["1", "2026-03-01 10:00:00", "4", "en", "88", "A1", "3", "4", "Y", "", "", "fine", "92.5", "30.1"],
            ["2", "", "2", "en", "89", "A2", "5", "1", "", "Y", "by boat", "", "52.5", "20.1"],
        ],
        "delimiter": ";", "bom": True, "platform": "limesurvey", "n": 2,
        "columns": {0: ("id", "", "respondent_id"), 1: ("submitdate", "", "submitted"), 5: ("G1Q1", "", ""), 6: ("Q5", "SQ001", "row"), 8: ("M3", "SQ001", "option"), 10: ("M3", "other", "other_text"), 12: ("interviewtime", "", "duration"), 13: ("groupTime715", "", "drop")},
        "note": "codes-only",
    },
    {
        "file": "limesurvey-full.csv",
        "rows": [
            ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language", "Q1. How old are you?", "Q5[SQ001]. How good are these? [Seats]", "Q5[SQ002]. How good are these? [Staff]"],
            ["1", "2026-03-01 10:00:00", "4", "en", "31", "Good", "Bad"],
            ["2", "", "2", "en", "44", "Bad", "Bad"],
        ],
        "platform": "limesurvey", "n": 2,
        "columns": {0: ("id. Response ID", "", "respondent_id"), 4: ("How old are you?", "", ""), 5: ("How good are these?", "Seats", "row"), 6: ("How good are these?", "Staff", "row")},
    },
    {
        "file": "redcap-raw.csv",
        "rows": [
            ["record_id", "redcap_survey_identifier", "intake_timestamp", "age", "symptom___1", "symptom___2", "symptom____9", "intake_complete", "mood", "help___1", "help___2", "follow_complete"],
            ["1", "", "2026-03-01 10:00:00", "31", "1", "0", "0", "2", "4", "0", "1", "2"],
            ["2", "", "[not completed]", "44", "0", "1", "0", "1", "", "0", "0", "0"],
        ],
        "platform": "redcap", "n": 2,
        "columns": {0: ("record_id", "", "respondent_id"), 2: ("intake_timestamp", "", "submitted"), 4: ("symptom", "1", "option"), 6: ("symptom", "-9", "option"), 7: ("intake_complete", "", "meta"), 9: ("help", "1", "option")},
        "cells": {(3, 9): "", (3, 4): "0", (2, 9): "0"}, "note": "never-opened",
    },
    {
        "file": "redcap-labels.csv",
        "rows": [
            ["Record ID", "Age", "Symptoms (choice=Cough)", "Symptoms (choice=Fever)", "Complete?"],
            ["1", "31", "Checked", "Unchecked", "Complete"],
            ["2", "44", "Unchecked", "Checked", "Incomplete"],
        ],
        "delimiter": "^", "platform": "redcap", "n": 2, "columns": {0: ("Record ID", "", "respondent_id"), 2: ("Symptoms", "Cough", "option"), 3: ("Symptoms", "Fever", "option"), 4: ("Complete?", "", "meta")},
    },
    {
        "file": "kobo.csv",
        "rows": [
            ["start", "end", "home/name", "home/crops", "home/crops/rice", "home/crops/taro", "home/crops/other", "_id", "_uuid", "_submission_time", "_validation_status", "_index"],
            ["2026-03-01T10:00:00", "2026-03-01T10:09:00", "A", "rice taro", "1", "1", "", "501", "u-1", "2026-03-01T10:10:00", "", "1"],
            ["2026-03-01T11:00:00", "2026-03-01T11:09:00", "B", "rice", "1", "0", "yam", "502", "u-2", "2026-03-01T11:10:00", "", "2"],
        ],
        "delimiter": ";", "quote_all": True, "platform": "kobo", "n": 2,
        "columns": {2: ("name", "", ""), 3: ("crops", "", "drop"), 4: ("crops", "rice", "option"), 6: ("crops", "other", "other_text"), 7: ("_id", "", "respondent_id"), 9: ("_submission_time", "", "submitted")},
    },
    {
        "file": "kobo-hxl.csv",
        "rows": [
            ["District", "Needs", "_id", "_uuid", "_submission_time", "_index"], ["#adm1", "#need", "", "", "", ""],
            ["North", "water", "501", "u-1", "2026-03-01T10:10:00", "1"], ["South", "roads", "502", "u-2", "2026-03-01T11:10:00", "2"],
        ],
        "delimiter": ";", "quote_all": True, "platform": "kobo", "header_rows": 2, "n": 2, "columns": {0: ("District", "", "")}, "cells": {(3, 1): "water"},
    },
    {
        "file": "odk.csv",
        "rows": [
            ["SubmissionDate", "meta-instanceID", "home-name", "home-crops", "home-crops/rice", "home-crops/taro", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"],
            ["2026-03-01T10:00:00.000Z", "uuid:1", "A", "rice taro", "1", "1", "uuid:1", "11", "Ann", "0", "", "", "", "0", "1"],
            ["2026-03-01T11:00:00.000Z", "uuid:2", "B", "rice", "1", "0", "uuid:2", "11", "Ann", "0", "", "", "", "0", "1"],
        ],
        "platform": "odk", "n": 2,
        "columns": {0: ("SubmissionDate", "", "submitted"), 2: ("name", "", ""), 3: ("home-crops", "", "drop"), 4: ("home-crops", "rice", "option"), 6: ("KEY", "", "respondent_id")},
    },
    {
        "file": "formbricks.csv",
        "rows": [
            ["No.", "Response ID", "Timestamp", "Finished", "Survey ID", "Formbricks ID (internal)", "User ID", "Tags", "device - os", "1. How was it?", "1. How was it? - Option ID", "2. Rate - Seats", "2. Rate - Staff", "3. Why?"],
            ["1", "clx1", "2026-03-01 10:00:00", "Yes", "s1", "f1", "", "", "iOS", "Good", "o1", "Good", "Bad", "'=good value"],
            ["2", "clx2", "2026-03-01 11:00:00", "No", "s1", "f1", "", "", "Linux", "Bad", "o2", "Bad", "Bad", "'tis slow"],
        ],
        "platform": "formbricks", "n": 2,
        "columns": {1: ("Response ID", "", "respondent_id"), 3: ("Finished", "", "finished"), 8: ("device - os", "", "meta"), 9: ("How was it?", "", ""), 10: ("1. How was it?", "Option ID", "drop"), 11: ("Rate", "Seats", "row"), 13: ("Why?", "", "")},
        "cells": {(2, 13): "=good value", (3, 13): "'tis slow"},
    },
    {
        "file": "tally.csv",
        "rows": [
            ["Submission ID", "Respondent ID", "Submitted at", "What do you eat?", "What do you eat? (Rice)", "What do you eat? (Fish, grilled)", "How was it?"],
            ["s1", "r1", "2024-08-11 23:25:40", "Rice, Fish, grilled", "TRUE", "TRUE", "Nice"],
            ["s2", "r2", "2024-08-12 23:25:40", "Rice, grandma's dumplings", "TRUE", "FALSE", ""],
        ],
        "platform": "tally", "n": 2,
        "columns": {0: ("Submission ID", "", "respondent_id"), 3: ("What do you eat?", "Other", "other_text"), 4: ("What do you eat?", "Rice", "option"), 5: ("What do you eat?", "Fish, grilled", "option"), 6: ("How was it?", "", "")},
        "cells": {(2, 3): "", (3, 3): "grandma's dumplings"},
    },
    {
        "file": "tally-joined.csv",
        "rows": [
            ["Submission ID", "Respondent ID", "Submitted at", "Rank these", "How was it?"],
            ["s1", "r1", "2024-08-11 23:25:40", "Rice, Fish", "Nice"], ["s2", "r2", "2024-08-12 23:25:40", "Fish, Rice", ""],
        ],
        "platform": "tally", "n": 2, "columns": {3: ("Rank these", "", ""), 2: ("Submitted at", "", "submitted")}, "cells": {(2, 3): "Rice, Fish"},
    },
    {
        "file": "alchemer.csv",
        "rows": [
            ["Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Language", "Referer", "SessionID", "User Agent", "Country", "City", "What is your city?", "Tea:What do you drink?", "Latte:What do you drink?", "Other - Write In:What do you drink?", "Other - Write In:What do you drink?", "Seats:How good are these?", "Staff:How good are these?"],
            ["1", "2026-03-01 10:00:00", "2026-03-01 10:04:00", "Complete", "", "English", "", "s1", "UA", "Taiwan", "Taipei", "Tainan", "Tea", "", "", "", "Good", "Bad"],
            ["2", "2026-03-01 11:00:00", "2026-03-01 11:04:00", "Partial", "", "English", "", "s2", "UA", "Taiwan", "Taipei", "Hualien", "Tea", "Latte", "Other - Write In", "plum juice", "Bad", "Bad"],
        ],
        "platform": "alchemer", "n": 2,
        "columns": {0: ("Response ID", "", "respondent_id"), 3: ("Status", "", "status"), 10: ("City", "", "meta"), 11: ("What is your city?", "", ""), 12: ("What do you drink?", "Tea", "option"), 14: ("What do you drink?", "Other - Write In", "option"), 15: ("What do you drink?", "Other - Write In", "other_text"), 16: ("How good are these?", "Seats", "row")},
    },
    {
        "file": "jotform.csv",
        "rows": [
            ["Submission Date", "Full Name", "What do you like?", "Rate us >> Seats", "Rate us >> Staff", "Submission IP", "Submission ID"],
            ["2026-03-01 10:00:00", "Ann", "Tea\nCakes", "Good", "Bad", "203.0.113.1", "600000000000000001"],
            ["2026-03-02 10:00:00", "Ben", "Tea", "Bad", "Bad", "203.0.113.2", "600000000000000002"],
        ],
        "platform": "jotform", "n": 2, "columns": {0: ("Submission Date", "", "submitted"), 3: ("Rate us", "Seats", "row"), 5: ("Submission IP", "", "ip"), 6: ("Submission ID", "", "respondent_id")},
        "cells": {(2, 2): "Tea\nCakes"}, "note": "guess-layout",
    },
    {
        "file": "wjx-text.csv",
        "rows": [
            [*_WJX_META, "1、您的性别[单选题]", "2、您喝什么[多选题]", "3、请评价—座位", "3、请评价—服务", "4、您来自", "5、还有什么建议？"],
            [*_wjx_person(1), "女", "美式┋拿铁", "很好", "一般", "福建-厦门-思明区", "(空)"],
            [*_wjx_person(2), "男", "拿铁┋其他〖奶茶〗", "一般", "一般", "广东-深圳-南山区", "等太久"],
            [*_wjx_person(3), "女", "（跳过）", "很好", "很好", "(跳过)", "(跳过)"],
        ],
        "encoding": "gb18030", "platform": "wjx", "n": 3,
        "columns": {0: ("序号", "", "respondent_id"), 2: ("所用时间", "", "duration"), 5: ("来自IP", "", "ip"), 7: ("您的性别", "", ""), 8: ("您喝什么", "", ""), 9: ("请评价", "座位", "row"), 12: ("还有什么建议？", "", ""), 13: ("您喝什么", "其他", "other_text")},
        "cells": {(2, 8): "美式┋拿铁", (3, 8): "拿铁┋其他", (3, 13): "奶茶", (4, 8): "", (2, 12): "", (4, 11): ""}, "note": "wjx-skipped",
    },
    {
        "file": "wjx-codes.xlsx",
        "rows": [
            [*_WJX_META, "1.您的性别", "2(美式)", "2(拿铁)", "2(奶茶)", "3.您会推荐吗？"],
            [*_wjx_person(1), "1", "1", "0", "0", "9"], [*_wjx_person(2), "2", "0", "1", "1", "-3"], [*_wjx_person(3), "2", "1", "1", "0", "7"],
        ],
        "platform": "wjx", "n": 3, "columns": {7: ("您的性别", "", ""), 8: ("Q2", "美式", "option"), 10: ("Q2", "奶茶", "option"), 11: ("您会推荐吗？", "", "")}, "cells": {(3, 11): "", (2, 11): "9"},
    },
    {
        "file": "wjx-first-option.csv",
        "rows": [
            [*_WJX_META, "1、您喝什么(美式)", "1(拿铁)", "1、(其他（请补充）:)", "2、您满意吗"],
            [*_wjx_person(1), "1", "0", "(空)", "满意"], [*_wjx_person(2), "0", "1", "奶茶", "一般"],
        ],
        "platform": "wjx", "n": 2, "columns": {7: ("您喝什么", "美式", "option"), 8: ("您喝什么", "拿铁", "option"), 9: ("您喝什么", "其他（请补充）", "other_text"), 10: ("您满意吗", "", "")},
    },
    {
        "file": "tencent.csv",
        "rows": [
            ["编号", "开始答题时间", "结束答题时间", "答题时长", "地理位置国家和地区", "地理位置省", "地理位置市", "自定义字段", "1.您的性别", "2.您喝什么？:美式", "2.您喝什么？:拿铁", "2.您喝什么？:其他", "2.您喝什么？:其他_填空3", "3.还有什么建议？", ""],
            ["1", "02-Feb-2021 20:26:58", "02-Feb-2021 20:27:09", "11", "中国", "福建", "厦门", "", "女", "美式", "", "", "", "等太久", ""],
            ["2", "03-Feb-2021 20:26:58", "03-Feb-2021 20:27:29", "31", "中国", "广东", "深圳", "", "男", "美式", "拿铁", "其他", "奶茶", "", ""],
        ],
        "encoding": "gbk", "quote_all": True, "platform": "tencent", "n": 2,
        "columns": {0: ("编号", "", "respondent_id"), 3: ("答题时长", "", "duration"), 8: ("您的性别", "", ""), 9: ("您喝什么？", "美式", "option"), 11: ("您喝什么？", "其他", "option"), 12: ("您喝什么？", "其他_填空3", "other_text"), 13: ("还有什么建议？", "", "")},
    },
    {
        "file": "tencent-utf8.csv",
        "rows": [
            ["编号", "开始答题时间", "结束答题时间", "答题时长", "语言", "清洗数据结果", "用户类型", "昵称", "IP", "1.您会推荐吗？"],
            ["1", "2026-02-02 20:26:58", "2026-02-02 20:27:09", "11", "zh", "有效", "微信", "小明", "203.0.113.1", "9"],
            ["2", "2026-02-03 20:26:58", "2026-02-03 20:27:29", "31", "zh", "有效", "微信", "小华", "203.0.113.2", "7"],
        ],
        "platform": "tencent", "n": 2, "columns": {4: ("语言", "", "language"), 7: ("昵称", "", "name"), 8: ("IP", "", "ip"), 9: ("您会推荐吗？", "", "")},
    },
    {
        "file": "jinshuju.xlsx",
        "rows": [
            ["序号", "您的年龄", "您喝什么？", "建议", "提交人", "提交时间", "修改时间", "填写时长", "IP"],
            ["1", "31", "美式,拿铁", "等太久", "张三", "2026-03-01 10:00:00", "2026-03-01 10:00:00", "00:01:20", "203.0.113.1"],
            ["2", "44", "拿铁", "", "", "2026-03-02 10:00:00", "2026-03-02 10:00:00", "00:02:20", "203.0.113.2"],
        ],
        "platform": "jinshuju", "n": 2, "columns": {0: ("序号", "", "respondent_id"), 4: ("提交人", "", "name"), 5: ("提交时间", "", "submitted"), 8: ("IP", "", "ip"), 3: ("建议", "", "")}, "note": "guess-layout",
    },
    {
        "file": "surveycake-1.csv",
        "rows": [
            ["性別", "您常點哪些飲料？", "滿意度 - 口味", "滿意度 - 服務", "請說明原因", "填答時間", "填答秒數", "IP紀錄", "額滿結束註記", "使用者紀錄", "會員時間", "Hash", "會員編號", "自訂ID", "備註"],
            ["女", "美式\n拿鐵", "4", "5", "店員親切", "2026-03-01 09:15:22", "92", "203.0.113.1", "", "", "", "a1b2", "", "", ""],
            ["男", "拿鐵\n其他：奶茶", "3", "2", "", "2026-03-01 09:40:10", "133", "203.0.113.2", "", "", "", "c3d4", "", "", ""],
            ["女", "美式", "5", "5", "等太久", "2026-03-02 18:00:00", "45", "203.0.113.3", "", "", "", "e5f6", "", "", ""],
        ],
        "bom": True, "platform": "surveycake", "n": 3,
        "columns": {1: ("您常點哪些飲料？", "", ""), 2: ("滿意度", "口味", "row"), 4: ("請說明原因", "", ""), 5: ("填答時間", "", "submitted"), 6: ("填答秒數", "", "duration"), 7: ("IP紀錄", "", "ip"), 9: ("使用者紀錄", "", "meta"), 11: ("Hash", "", "respondent_id"), 14: ("備註", "", "meta")},
        "cells": {(2, 1): "美式\n拿鐵"}, "note": "guess-layout",
    },
    {"file": "surveycake-2.csv", "rows": _surveycake("last", ","), "encoding": "big5", "platform": "surveycake", "n": 3, "columns": {4: ("填答時間", "", "submitted"), 5: ("答題秒數", "", "duration"), 1: ("您常點哪些飲料？", "", "")}, "note": "guess-layout"},
    {"file": "surveycake-3.xlsx", "rows": _surveycake("mixed", "、"), "platform": "surveycake", "n": 3, "columns": {0: ("填答時間", "", "submitted"), 5: ("答題秒數", "", "duration"), 6: ("IP紀錄", "", "ip")}, "note": "guess-layout"},
    {
        "file": "surveycake-4.csv",
        "rows": [
            ["填答者編號", "填答時間", "性別", "您常點哪些飲料？ - 美式", "您常點哪些飲料？ - 拿鐵", "您常點哪些飲料？ - 其他", "滿意度 - 口味", "滿意度 - 服務"],
            ["1", "2026-03-01 09:15:22", "女", "美式", "", "", "4", "5"], ["2", "2026-03-01 09:40:10", "男", "", "拿鐵", "奶茶", "3", "2"], ["3", "2026-03-02 18:00:00", "女", "美式", "拿鐵", "", "5", "4"],
        ],
        "platform": "surveycake", "n": 3, "columns": {0: ("填答者編號", "", "respondent_id"), 3: ("您常點哪些飲料？", "美式", "option"), 5: ("您常點哪些飲料？", "其他", "other_text"), 6: ("滿意度", "口味", "row")}, "note": "guess-layout",
    },
    {
        "file": "surveycake-5.tsv",
        "rows": [
            ["性別", "填答時間", "您常點哪些飲料？", "", "", "請說明原因"], ["", "", "美式", "拿鐵", "奶茶", ""],
            ["女", "2026-03-01 09:15:22", "1", "0", "0", "店員親切"], ["男", "2026-03-01 09:40:10", "0", "1", "0", ""], ["女", "2026-03-02 18:00:00", "1", "1", "1", "等太久"],
        ],
        "delimiter": "\t", "encoding": "utf-16", "platform": "surveycake", "header_rows": 2, "n": 3, "columns": {1: ("填答時間", "", "submitted"), 2: ("您常點哪些飲料？", "美式", "option"), 5: ("請說明原因", "", "")}, "note": "guess-layout",
    },
    {
        "file": "surveycake-webhook.json",
        "json": {"svid": "abc", "title": "咖啡", "submitTime": "2026-03-01 09:15:22", "result": [
            {"subject": "您常點哪些飲料？", "type": "CHOICEMULTI", "sn": 0, "answer": ["美式", "拿鐵"], "otherAnswer": ["奶茶"]},
            {"subject": "請說明原因", "type": "TXTSHORT", "sn": 1, "answer": ["店員親切"], "otherAnswer": []}]},
        "platform": "surveycake", "n": 1, "columns": {1: ("submitTime", "", "submitted"), 2: ("您常點哪些飲料？", "", "")}, "cells": {(1, 2): "美式\n拿鐵"},
    },
    {
        "file": "jinshuju-entries.json",
        "json": {"data": [
            {"serial_number": 1, "field_1": "女", "field_2": ["美式", "拿鐵"], "field_3": [{"statement": "口味", "choice": "好"}, {"statement": "服务", "choice": "差"}], "field_4": 9, "created_at": "2026-03-01T10:00:00Z", "info_remote_ip": "203.0.113.1"},
            {"serial_number": 2, "field_1": "男", "field_2": ["拿鐵"], "field_3": [{"statement": "口味", "choice": "差"}, {"statement": "服务", "choice": "差"}], "field_4": 7, "created_at": "2026-03-02T10:00:00Z", "info_remote_ip": "203.0.113.2"}]},
        "platform": "jinshuju", "n": 2, "columns": {0: ("serial_number", "", "respondent_id"), 3: ("field_3", "口味", "row"), 5: ("field_4", "", ""), 6: ("created_at", "", "submitted")}, "cells": {(1, 2): "美式\n拿鐵", (2, 4): "差"},
    },
    {
        "file": "salesforce-answers.csv",
        "rows": [
            ["ResponseId", "QuestionId", "QuestionName", "Datatype", "ChoiceValue", "NumberValue", "DateValue"],
            ["0Rx1", "q1", "How was it?", "Choice", "Good", "", ""], ["0Rx1", "q2", "How likely?", "Number", "", "9", ""], ["0Rx2", "q1", "How was it?", "Choice", "Bad", "", ""],
            ["0Rx2", "q3", "Which?", "Choice", "Tea", "", ""], ["0Rx2", "q3", "Which?", "Choice", "Latte", "", ""],
        ],
        "quote_all": True, "platform": "salesforce-survey", "n": 2, "columns": {0: ("Response ID", "", "respondent_id"), 1: ("How was it?", "", ""), 3: ("Which?", "", "")}, "cells": {(2, 2): "9", (4, 3): "Tea;Latte", (4, 2): ""}, "note": "long-to-wide",
    },
    {
        "file": "salesforce-responses.csv",
        "rows": [["Id", "CompletionDateTime", "Status", "InvitationId", "IpAddress", "Language"], ["0Rx1", "2026-03-01T10:00:00Z", "Completed", "i1", "203.0.113.1", "en"], ["0Rx2", "2026-03-02T10:00:00Z", "Completed", "i2", "203.0.113.2", "en"]],
        "platform": "salesforce-survey", "n": 2, "columns": {0: ("Id", "", "respondent_id"), 1: ("CompletionDateTime", "", "submitted"), 4: ("IpAddress", "", "ip")},
    },
]  # fmt: skip
