"""Declared groups of a review export, from the file through the command line to every output: branches in three languages, some left empty."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pandas as pd
import pytest

from .conftest import research_kit

GOOD = {
    "en": ["The massage was wonderful", "Friendly staff and clean rooms", "Loved the sauna", "So relaxing, will come again"],
    "zh-Hant": ["按摩真的很舒服", "櫃檯人員親切，房間乾淨", "很喜歡這裡的三溫暖", "非常放鬆，下次還會再來"],
    "zh-Hans": ["按摩真的很舒服，推荐", "前台很亲切，房间也干净", "很喜欢这里的桑拿房", "非常放松，下次还会再来"],
}
BAD = {
    "en": [
        "Waited forty minutes for my booking",
        "The changing room was dirty",
        "Rude receptionist at the desk",
        "Too expensive for what it is",
    ],
    "zh-Hant": ["等了四十分鐘才輪到我", "更衣室很髒，地板都是水", "櫃檯人員態度很差", "以這個品質來說太貴了"],
    "zh-Hans": ["等了四十分钟才轮到我", "更衣室很脏，地上都是水", "前台态度很差，爱答不理", "以这个品质来说太贵了"],
}
HEAD = {
    "en": ("Branch", "Rating", "Review", ["Soho", "Camden", "Leeds"]),
    "zh-Hant": ("門市", "評分", "評論內容", ["信義店", "板橋店", "台中店"]),
    "zh-Hans": ("门店", "评分", "评论内容", ["静安店", "徐汇店", "浦东店"]),
}
MISSING = ["", "N/A", "-"]


def export(folder: Path, language: str) -> tuple[Path, dict[str, int]]:
    """140 reviews: 40 of each branch and 20 that name none; the last branch is disliked."""
    draw = random.Random(1)
    branch, rating, text, names = HEAD[language]
    where = [*names * 40, *(MISSING * 7)[:20]]
    rows = []
    for i, place in enumerate(where):
        good = draw.random() < (0.1 if place == names[2] else 0.9)
        said = draw.choice((GOOD if good else BAD)[language]) + draw.choice(["", ".", "!"])
        rows.append((i + 1, place, 5 if good else draw.choice([1, 2]), said))
    path = folder / "spa.csv"
    pd.DataFrame(rows, columns=["id", branch, rating, text]).to_csv(path, index=False, encoding="utf-8")
    return path, dict.fromkeys(names, 40)


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_branches_of_reviews_are_groups_through_the_command_line(tmp_path: Path, language: str) -> None:
    path, groups = export(tmp_path, language)
    study = tmp_path / "study.toml"
    study.write_text(f'[[source]]\npath = "{path.name}"\n[personas]\nby = "{HEAD[language][0]}"\n', encoding="utf-8")

    ran = research_kit("run", study, "--out", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr

    found = json.loads((tmp_path / "out" / "personas.json").read_text(encoding="utf-8"))
    assert found["verdict"] == "declared"
    assert {p["name"]: p["n"] for p in found["personas"]} == groups
    assert "20" in found["reasons"][1]
    assert "140" in found["reasons"][1]  # the sentence that 20 of 140 left it out
    people = pd.read_csv(tmp_path / "out" / "respondents.csv")
    ids = {p["name"]: p["id"] for p in found["personas"]}
    written = pd.read_csv(path, keep_default_na=False)[HEAD[language][0]].map(ids)
    assert people["persona"].isna().sum() == 20
    assert people["persona"].fillna("").tolist() == written.fillna("").tolist()  # nobody is guessed

    drawn = json.loads((tmp_path / "out" / "journey.json").read_text(encoding="utf-8"))
    means = {}
    for persona in ids.values():
        curves = [c for c in drawn["curves"] if c["persona"] == persona and c["mean"] is not None]
        means[persona] = sum(c["mean"] * c["n"] for c in curves) / sum(c["n"] for c in curves)
    assert min(means, key=lambda key: means[key]) == ids[HEAD[language][3][2]]
    assert {c["persona"] for c in drawn["cells"]} == {"everyone", *ids.values()}
    for theme in drawn["themes"]:
        assert sum(theme["by_persona"].values()) <= theme["n"]


def test_reviews_of_a_file_without_the_column_are_no_part_of_the_groups(tmp_path: Path) -> None:
    path, groups = export(tmp_path, "en")
    other = pd.read_csv(path, keep_default_na=False).drop(columns="Branch").iloc[:30]
    other.to_csv(tmp_path / "other.csv", index=False)
    study = tmp_path / "study.toml"
    study.write_text(
        '[[source]]\npath = "spa.csv"\n[[source]]\npath = "other.csv"\n[personas]\nby = "Branch"\n', encoding="utf-8"
    )

    assert research_kit("run", study, "--out", tmp_path / "out").returncode == 0

    found = json.loads((tmp_path / "out" / "personas.json").read_text(encoding="utf-8"))
    people = pd.read_csv(tmp_path / "out" / "respondents.csv")
    assert {p["name"]: p["n"] for p in found["personas"]} == groups
    assert people.groupby("source")["persona"].count().to_dict() == {"other.csv": 0, "spa.csv": 120}


def test_a_column_of_too_many_answers_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path, _ = export(tmp_path, "en")
    table = pd.read_csv(path, keep_default_na=False)
    table["Branch"] = [f"Branch {i % 35}" for i in range(len(table))]
    table.to_csv(path, index=False)
    study = tmp_path / "study.toml"
    study.write_text('[[source]]\npath = "spa.csv"\n[personas]\nby = "Branch"\n', encoding="utf-8")

    ran = research_kit("run", study, "--out", tmp_path / "out")

    assert ran.returncode == 2
    assert "has 35 different answers; at most 12 can be groups" in ran.stderr
    assert not (tmp_path / "out").exists()
