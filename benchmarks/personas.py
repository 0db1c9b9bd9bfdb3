"""How often PersonaModel finds the personas that were planted, beside five rivals; real data; speed.

    python benchmarks/personas.py                  everything, one table each (about an hour on one core)
    python benchmarks/personas.py --quick          small studies only, no rivals
    python benchmarks/personas.py --part rivals|battery|real|speed
    python benchmarks/personas.py --kept FILE      the rivals' rows are kept in FILE and not run again

The seeds of the battery are not those on which anything was set.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path

import pandas as pd
from sklearn.metrics import adjusted_rand_score

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.planted import Plan, battery, plant
from benchmarks.rivals import all_rivals
from research_kit.personas.choose import smallest_allowed
from research_kit.personas.model import PersonaModel

UNUSED_SEEDS = range(9001, 9021)
RIVALS = ("k-means", "FAMD", "k-proto", "StepMix", "LCA")


def ours(plan: Plan, seed: int) -> dict[str, object]:
    planted = plant(plan, seed)
    began = time.perf_counter()
    model = PersonaModel(blocks=planted.blocks).fit(planted.X)
    return {
        "study": plan.name, "truth": plan.k, "seed": seed, "bayes": planted.bayes, "found": model.n_personas_ or 1,
        "verdict": model.verdict_, "halves": model.halves_, "ARI": adjusted_rand_score(planted.truth, model.labels_), "seconds": time.perf_counter() - began,
        "scored": plan.smallest >= smallest_allowed(plan.n),
    }  # fmt: skip


def rivals_of(plan: Plan, seed: int) -> dict[str, object]:
    planted = plant(plan, seed)
    row: dict[str, object] = {"study": plan.name, "seed": seed}
    for name, (own, told) in all_rivals(planted.X, plan.k).items():
        row[f"{name} k"] = len(set(own.tolist()))
        row[name] = adjusted_rand_score(planted.truth, own)
        row[f"{name} told"] = adjusted_rand_score(planted.truth, told)
    return row


def run_rivals(kept: Path | None) -> dict[str, dict[str, object]]:
    """The rivals' rows by study, small studies first; each is added to ``kept`` at once, and those already there are not run again."""
    rows: dict[str, dict[str, object]] = {}
    if kept and kept.exists():
        rows = {str(row["study"]): row for row in pd.read_csv(kept).to_dict("records")}
    for plan, seed in sorted(seeded(), key=lambda p: p[0].n):
        if plan.name not in rows:
            rows[plan.name] = rivals_of(plan, seed)
            if kept:
                pd.DataFrame([rows[plan.name]]).to_csv(kept, mode="a", header=not kept.exists(), index=False)
    return rows


def seeded(turn: int = 0) -> list[tuple[Plan, int]]:
    """The studies, each with its unused seed; another ``turn``, another draw."""
    return [(plan, UNUSED_SEEDS[(i + 7 * turn) % len(UNUSED_SEEDS)]) for i, plan in enumerate(battery())]


def show(row: dict[str, object], rivals: bool) -> None:
    line = f"{row['study']!s:32} {row['seed']} {row['truth']} {row['bayes']:5.2f} | {row['found']} {row['ARI']:5.2f} {row['verdict']!s:9}{row['seconds']:5.1f}s"
    if rivals:
        line += "".join(f" | {row[f'{r} k']} {row[r]:5.2f} {row[f'{r} told']:5.2f}" for r in RIVALS)
    print(line, flush=True)


def run_battery(*, quick: bool, repeats: int, kept: Path | None) -> None:
    rivals = {} if quick else run_rivals(kept)
    names = "" if quick else "".join(f" | {r}: k ARI told" for r in RIVALS)
    print("study                     seed truth Bayes | ours: k ARI verdict time" + names)
    rows = []
    for plan, seed in seeded():
        if not quick or plan.n <= 400:
            rows.append({**rivals.get(plan.name, {}), **ours(plan, seed)})
            show(rows[-1], not quick)
    summary(pd.DataFrame(rows), "the table above", rivals=not quick)
    for turn in range(1, repeats):
        more = [ours(plan, seed) for plan, seed in seeded(turn) if not quick or plan.n <= 400]
        summary(pd.DataFrame(more), f"seeds moved by {7 * turn}", rivals=False)
        rows += more
    if repeats > 1:
        summary(pd.DataFrame(rows), f"ours over {repeats} draws", rivals=False)


def summary(table: pd.DataFrame, title: str, *, rivals: bool) -> None:
    kinds = table[(table.truth > 1) & table.scored]
    clear = kinds[kinds.bayes >= 0.6]
    noise = table[(table.truth == 1) & table.study.str.startswith("nothing")]
    pure = noise[~noise.study.str.contains("pairs")]
    degrees = table[table.study.str.startswith("degrees")]
    print(f"\n== {title}: {len(kinds)} with personas, {len(noise)} without, {len(degrees)} of degree")
    print(
        f"right number, Bayes ARI >= .6: {(clear.found == clear.truth).mean():.3f} of {len(clear)} (all: {(kinds.found == kinds.truth).mean():.3f})"
    )
    print(f"over-counted {(kinds.found > kinds.truth).mean():.3f}, under-counted {(kinds.found < kinds.truth).mean():.3f}")
    print(
        f'"none" on pure noise: {(pure.found == 1).mean():.3f} of {len(pure)}; with paired questions {(noise.found == 1).mean():.3f} of {len(noise)}'
    )
    print(f'"none" on degrees: {(degrees.found == 1).mean():.3f} of {len(degrees)}')
    print(f"mean ARI, ours {kinds.ARI.mean():.3f}; Bayes {kinds.bayes.mean():.3f}")
    for verdict in ("strong", "moderate", "weak"):
        part = table[(table.verdict == verdict) & (table.scored | (table.truth == 1))]
        if len(part):
            halves = f"halves agree: mean {part.halves.mean():.2f}, least {part.halves.min():.2f}"
            print(f'"{verdict}" is right in {(part.found == part.truth).mean():.3f} of {len(part)}; {halves}')
    small = table[~table.scored & (table.truth > 1)]
    if len(small):
        print(
            f"smallest persona under the floor (scored apart): right {(small.found == small.truth).mean():.3f}, mean ARI {small.ARI.mean():.3f}"
        )
    if rivals:
        for name in RIVALS:
            right = (clear[f"{name} k"] == clear.truth).mean()
            alone = (pure[f"{name} k"] == 1).mean()
            own, told = kinds[name].mean(), kinds[f"{name} told"].mean()
            print(f"{name:8} right number {right:.3f}, none on noise {alone:.3f}, mean ARI {own:.3f}, told the number {told:.3f}")


def known_segments(folder: Path) -> dict[str, tuple[pd.DataFrame, dict[str, list[str]]]]:
    """The four files with known segments, as a researcher would hand them over: background questions left out."""
    bfi = pd.read_csv(folder / "bfi__bfi.csv").drop(columns=["gender", "education", "age"])
    tea = pd.read_csv(folder / "tea__tea.csv", dtype=str).drop(columns=["age", "sex", "SPC", "age_Q"])
    volunteers = pd.read_csv(folder / "volunteers__volunteers.csv").drop(columns=["GENDER", "AGEG"]) == 1
    service = pd.read_csv(folder / "customerSat__customerSat.csv")
    return {
        "bfi": (bfi, {"items": list(bfi.columns)}),
        "tea": (tea, {}),
        "volunteers": (volunteers, {"reasons": list(volunteers.columns)}),
        "customerSat": (service, {"items": list(service.columns)}),
    }


def studies(data: Path) -> dict[str, tuple[pd.DataFrame, dict[str, list[str]]]]:
    """The two shipped studies, read and understood by the package itself."""
    import research_kit as rk

    files = {
        "notebook-ux": sorted((data / "surveys/jupyter-notebook-ux-2015").glob("*.csv"))[:1],
        "airline-etiquette": [data / "surveys/fivethirtyeight/flying-etiquette.csv"],
    }
    return {name: rk.read(path).features() for name, paths in files.items() for path in paths}


def run_real() -> None:
    folder = os.environ.get("RESEARCH_KIT_DATA")
    if not folder:
        print("real data: RESEARCH_KIT_DATA is not set")
        return
    print(
        "\nfile                people x columns  k verdict   stability lowest unassigned | halves typed onto each other: ARI | other seed: ARI"
    )
    data = Path(folder)
    for name, (X, blocks) in {**known_segments(data / "labelled/known-segments"), **studies(data)}.items():
        X = X[X.notna().any(axis=1)].reset_index(drop=True)
        model = PersonaModel(blocks=blocks).fit(X)
        k = model.n_personas_
        line = f"{name:20} {len(X):5} x {X.shape[1]:3}      {k} {model.verdict_:9}"
        if k:
            other = PersonaModel(blocks=blocks, random_state=1).fit(X)
            line += f" {model.jaccard_.mean():.2f}      {model.jaccard_.min():.2f}   {(model.labels_ < 0).mean():.2f}"
            line += f"       | {model.halves_:.2f} | {adjusted_rand_score(model.labels_, other.labels_):.2f} (k = {other.n_personas_})"
        print(line, flush=True)
        print("    ", "; ".join(f"{r.key} {dict(r.values)}" for r in model.reasons_), flush=True)


def run_speed() -> None:
    print("\nspeed: people x questions, seconds (of processor), peak memory of the process so far (GB)")
    for n, ratings, singles in (
        (1040, 11, 10),
        (5000, 15, 10),
        (20_000, 15, 10),
        (50_000, 15, 10),
        (100_000, 15, 10),
        (200_000, 15, 10),
    ):
        planted = plant(Plan("speed", 4, n, 0.8, ratings=ratings, singles=singles, style=0.5), 1)
        began, worked = time.perf_counter(), time.process_time()
        model = PersonaModel(blocks=planted.blocks).fit(planted.X)
        took, work = time.perf_counter() - began, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        score = adjusted_rand_score(planted.truth, model.labels_)
        print(
            f"{n:7} x {ratings + singles}: {took:5.1f} s ({work:.1f}), {peak:.2f} GB, k = {model.n_personas_}, ARI {score:.2f} (Bayes {planted.bayes:.2f})",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--part", choices=["rivals", "battery", "real", "speed", "all"], default="all")
    parser.add_argument("--repeats", type=int, default=1, help="draws of each study for our own figures")
    parser.add_argument("--kept", type=Path, help="csv file with the rivals' rows")
    options = parser.parse_args()
    if options.part == "rivals":
        run_rivals(options.kept)
    if options.part in ("battery", "all"):
        run_battery(quick=options.quick, repeats=options.repeats, kept=options.kept)
    if options.part in ("real", "all"):
        run_real()
    if options.part in ("speed", "all") and not options.quick:
        run_speed()


if __name__ == "__main__":
    main()
