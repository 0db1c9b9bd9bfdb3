"""The house: data goes one way, stages never meet, one module owns each library, importing the package is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "research_kit"
STAGES = ("reading", "questions", "personas", "text", "journey", "write")
LEAVES = ("records", "errors", "language", "asking", "statistics", "mentions", "memory")
# Who may import whom, from the roof down. A stage also sees its own rooms.
ALLOWED = {
    **{leaf: {"records"} for leaf in LEAVES},
    "asking": {"language"},
    "mentions": {"records", "memory"},
    "labels": {"records"},
    "study": {"records", "errors", "labels"},
    **{stage: {"study", "labels", *LEAVES} for stage in STAGES},
    "maps": {"write", "labels", *LEAVES},
    "pipeline": {*STAGES, "maps", "study", "labels", *LEAVES},
    "cli": {"pipeline", "write", "study", "labels", *LEAVES},
    "__main__": {"cli"},
    "__init__": {"errors", "maps", "personas", "pipeline", "records", "study", "text"},
}
OWNERS = {
    "python_calamine": ("reading/",),
    "pyreadstat": ("reading/",),
    "openpyxl": ("write/",),
    "spacy": ("text/signs/pipeline.py",),
    "textblob": ("text/signs/english.py",),
    "tokenizers": ("text/judgement/encoder.py",),
    "pyarrow": ("reading/", "write/", "mentions.py", "memory.py"),
    "opencc": ("language.py",),
    "sklearn": ("personas/", "text/"),
    "typer": ("cli.py",),
    "rich": ("cli.py",),
    "jinja2": ("write/",),
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every file of the package, parsed once for all tests."""
    return {p.relative_to(PACKAGE).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in sorted(PACKAGE.rglob("*.py"))}


def imports(tree: ast.AST) -> list[str]:
    """Every absolute module name that a tree imports, at any depth, also under TYPE_CHECKING."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that this test sees them"
            found += [f"{node.module}.{a.name}" for a in node.names]
    return found


@cache
def imported() -> dict[str, list[str]]:
    """What every file of the package imports."""
    return {module: imports(tree) for module, tree in modules().items()}


def room(module: str) -> str:
    """The top room of a file: 'text/clauses.py' -> 'text', 'labels.py' -> 'labels'."""
    return module.split("/")[0].removesuffix(".py")


def wrong_arrows(trees: dict[str, ast.Module]) -> list[str]:
    wrong = []
    for module, tree in trees.items():
        here = room(module)
        for name in imports(tree):
            parts = name.split(".")
            if parts[0] != "research_kit" or len(parts) < 2:
                continue
            there = parts[1]
            if there != here and there not in ALLOWED[here] and there != "__version__":
                wrong.append(f"{module} imports {there}")
    return wrong


def test_data_goes_one_way() -> None:
    assert wrong_arrows(modules()) == []


@pytest.mark.parametrize("stage", STAGES)
def test_the_check_fails_when_a_stage_imports_another(stage: str) -> None:
    other = STAGES[(STAGES.index(stage) + 1) % len(STAGES)]
    tree = ast.parse(f"def f():\n    from research_kit.{other} import anything")

    assert wrong_arrows({f"{stage}/new.py": tree}) == [f"{stage}/new.py imports {other}"]


FLOORS = (
    ("annotate",),
    ("reader",),
    ("decide", "overall", "recount"),
    ("assemble",),
    ("answers", "unblamed", "stages"),
    ("themes", "judgement"),
    ("signs", "clauses"),
    ("framing",),
    ("patterns", "pieces", "pains", "touchpoints"),
    ("vocabulary", "columns", "second"),
)
"""The rooms of the text stage, from the roof down: each imports only from floors below its own."""


def floor(module: str) -> int:
    """How far below the roof of the text stage a file stands."""
    here = room(module.removeprefix("text/"))
    return next(depth for depth, rooms in enumerate(FLOORS) if here in rooms)


def test_each_room_of_the_text_stage_uses_only_what_stands_below_it() -> None:
    files = {"research_kit." + m.removesuffix(".py").removesuffix("/__init__").replace("/", "."): m for m in modules()}
    wrong = []
    for module, names in imported().items():
        if module.startswith("text/") and module != "text/__init__.py":
            for name in names:
                there = files.get(name) or files.get(name.rpartition(".")[0], "")
                same = room(there.removeprefix("text/")) == room(module.removeprefix("text/"))
                if there.startswith("text/") and not same and floor(there) <= floor(module):
                    wrong.append(f"{module} imports {there}")

    assert wrong == []


def test_every_room_is_known() -> None:
    assert {room(m) for m in modules()} == set(ALLOWED)


def test_no_import_cycles_between_modules() -> None:
    trees = modules()
    names = {"research_kit." + m.removesuffix(".py").removesuffix("/__init__").replace("/", "."): m for m in trees}
    graph = {
        m: {names[c] for n in imports(t) if (c := n if n in names else n.rpartition(".")[0]) in names and names[c] != m}
        for m, t in trees.items()
        if m != "__init__.py"  # the front door names everybody, lazily
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"import cycle: {' -> '.join((*path, module))}"
        if module in done:
            return
        for child in sorted(graph.get(module, ())):
            visit(child, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("library", OWNERS)
def test_one_place_owns_each_library(library: str) -> None:
    users = [module for module, names in imported().items() if any(n.split(".")[0] == library for n in names)]

    assert users, f"{library} is a dependency that nobody uses"
    assert [u for u in users if not u.startswith(OWNERS[library])] == []


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, research_kit, research_kit.cli; print([m for m in ('spacy', 'sklearn', 'textblob', 'pandas') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


def test_the_public_names_are_those_that_exist() -> None:
    import research_kit as rk

    assert rk.__all__ == sorted(rk.__all__)
    for name in rk.__all__:
        assert getattr(rk, name).__name__ == name
    with pytest.raises(AttributeError, match="it has Findings"):
        _ = rk.nothing
