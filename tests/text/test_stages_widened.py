"""Stages of a study's own, widened by what goes with their names, descriptions and keywords."""

import pandas as pd
import pytest

import research_kit as rk
from research_kit.records import Stage
from research_kit.text.stages.words import vocabulary

REPAIRS = [
    Stage("report", {"en": "Report"}, "The tenant reports the repair by phone, app or website.", ("phone", "website", "report")),
    Stage("book", {"en": "Appointment"}, "A visit is booked and confirmed.", ("appointment", "slot", "booked")),
    Stage("visit", {"en": "Visit"}, "The operative comes and does the work.", ("operative", "plumber", "engineer", "polite")),
    Stage("after", {"en": "Aftercare"}, "The repair holds, is finished, or comes back.", ("still", "came back", "again")),
]
LEARNING = [
    Stage("start", {"zh-Hans": "下载与登录"}, "下载、注册、登录", ("登录", "注册", "下载")),
    Stage("learn", {"zh-Hans": "日常学习"}, "上课、背单词、复习", ("背单词", "课")),
    Stage("pay", {"zh-Hans": "付费与会员"}, "会员、续费、退款", ("会员", "续费", "退款")),
    Stage("result", {"zh-Hans": "考试与应用"}, "考过了、旅行中用上了", ("四级", "旅行")),
]
CLINIC = [
    Stage("find", {"zh-Hant": "得知與選擇"}, "", ("介紹", "推薦")),
    Stage("book", {"zh-Hant": "預約掛號"}, "", ("預約", "掛號")),
    Stage("wait", {"zh-Hant": "到院候診"}, "", ("候診", "停車")),
    Stage("see", {"zh-Hant": "看診治療"}, "獸醫師檢查、治療，護理師照護", ("醫師", "護理師", "手術")),
    Stage("pay", {"zh-Hant": "批價領藥"}, "", ("收費", "費用", "領藥")),
    Stage("after", {"zh-Hant": "回診追蹤"}, "", ("回診", "術後")),
]


def stages(texts, declared):
    return rk.annotate(texts, stages=declared, unit="text")["stage"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        "the roofers were careful with my plants",
        "The young apprentice was sweet",
        "Nobody showed up on two occasions",
        "He took his shoes off without being asked",
        "Poor workmanship",
    ],
)
def test_who_comes_to_the_house_is_met_at_the_visit(text):
    assert stages([text], REPAIRS) == ["visit"]


@pytest.mark.parametrize("text", ["界面好看", "字体小", "更新快一点", "提醒推送太频繁"])
def test_what_a_product_is_like_is_said_of_the_stage_of_its_use(text):
    assert stages([text], LEARNING) == ["learn"]


def test_a_stage_named_by_its_service_is_not_where_a_product_is_used():
    declared = [Stage("service", {"en": "Service"}), Stage("food", {"en": "Food"})]

    assert stages(["The decor is beautiful and the colours are lovely"], declared) != ["service"]


@pytest.mark.parametrize("word", ["专业", "细心", "尊重", "rude"])
def test_how_people_treat_others_belongs_where_they_are_met(word):
    weights = vocabulary(CLINIC)[1][word]

    assert weights.argmax() == 3
    assert (weights > 0).sum() == 1


def test_how_people_treat_others_belongs_where_the_study_says():
    declared = [*CLINIC[:4], Stage("desk", {"zh-Hant": "櫃檯"}, "櫃檯人員的態度")]

    assert vocabulary(declared)[1]["亲切"].argmax() == 4


@pytest.mark.parametrize(("declared", "text"), [(REPAIRS, "Brilliant, thank you"), (CLINIC, "沒有意見"), (LEARNING, "很好")])
def test_what_says_nothing_of_a_stage_stays_unassigned(declared, text):
    assert pd.isna(stages([text], declared)[0])
