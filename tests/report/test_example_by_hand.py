"""The figures of the example report, reckoned by hand from its answers, without the program.

Where the checklist or the demonstration depot changes, reckon anew; do not copy what the program says.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from stockcheck import language
from stockcheck.answers.stored import to_json
from stockcheck.assessed import Assessed, score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.scoring.gaps import Priority

REPORTS = Path(__file__).parents[2] / "reports"

#: Fire safety, question by question: weight, answer, credit (S-1), credit when open ones turn out well (S-4).
FIRE = {
    "FIR-01": (5, "yes", Fraction(1), Fraction(1)),
    "FIR-02": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-03": (4, None, Fraction(0), Fraction(1)),
    "FIR-04": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-05": (4, None, Fraction(0), Fraction(1)),
    "FIR-06": (4, "partial", Fraction(1, 2), Fraction(1, 2)),
    "FIR-07": (4, "2025-08-31", Fraction(1), Fraction(1)),  # 183 days before 2 March 2026, within the band
    "FIR-08": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-09": (4, ("packing", "fuel", "wiring", "vehicle"), Fraction(1), Fraction(1)),
    "FIR-10": (3, "yes", Fraction(1), Fraction(1)),
}

#: Each section of storage: Σ w·c with open ones nothing, the same with open ones full, Σ w (S-4).
STORAGE = {
    "explosives-safety": (Fraction(43, 2), Fraction(63, 2), 33),
    "explosive-storehouses": (Fraction(43, 2), Fraction(77, 2), 44),
    "explosive-limits": (Fraction(25), Fraction(35), 49),
    "field-storage": (Fraction(99, 5), Fraction(114, 5), 32),
    "stacking": (Fraction(57, 2), Fraction(65, 2), 47),
    "processing": (Fraction(47, 2), Fraction(57, 2), 39),
    "fire": (Fraction(30), Fraction(38), 40),
    "ammunition-fire": (Fraction(5), Fraction(10), 10),
    "surveillance": (Fraction(43, 2), Fraction(65, 2), 48),
    "housekeeping": (Fraction(14), Fraction(14), 16),
    "armoury": (Fraction(14), Fraction(14), 14),
}

#: Each domain, as the sections: 150.9, 224.3, 138.5 and 204.5 points, which are 718.2 of 1166.
DOMAINS = {
    "physical-security": (Fraction(1509, 10), Fraction(2079, 10), 244),
    "storage": (Fraction(2243, 10), Fraction(2973, 10), 372),
    "inventory": (Fraction(277, 2), Fraction(355, 2), 233),
    "management": (Fraction(409, 2), Fraction(515, 2), 317),
}

#: S-5: each level's own questions: Σ w·c and Σ w; by domain; what fails c; what fails d.
LEVELS = (
    (
        (Fraction(2157, 4), 837),  # 0.644
        {
            "physical-security": (Fraction(491, 5), 152),  # 0.646
            "storage": (Fraction(894, 5), 278),  # 0.643
            "inventory": (Fraction(209, 2), 165),  # 0.633
            "management": (Fraction(631, 4), 242),  # 0.652
        },
        "LIM-08 FLD-10 PRC-04 PRC-09 SUR-03 CHK-05 LOS-03 LOS-04 RSK-03 DIS-11 TRN-09",
        "LCK-01 EXS-02 ESH-10 LIM-02 LIM-07 FIR-05 FIR-12 SUR-05 ISS-02 DIS-13 TRN-11",
        "LCK-10 DET-01 PRC-02 FIR-06 SOP-06 DIS-03",
        "LCK-01 ESH-10 LIM-02 LIM-07 PRC-04 FIR-12 ISS-02 CHK-05 CHK-09 RSK-03 STF-04 DIS-13",
    ),
    (
        (Fraction(3419, 20), 308),  # 0.555
        {
            "physical-security": (Fraction(507, 10), 84),  # 0.604
            "storage": (Fraction(91, 2), 89),  # 0.511
            "inventory": (Fraction(29), 63),  # 0.460
            "management": (Fraction(183, 4), 72),  # 0.635
        },
        "ACC-07 SUR-02",
        "ESH-07",
        "",
        "ACC-07 ESH-07 SUR-02",
    ),
    (
        (Fraction(8), 21),  # 0.381
        {
            "physical-security": (Fraction(2), 8),  # 0.250
            "storage": (Fraction(0), 5),  # 0.000
            "inventory": (Fraction(5), 5),  # 1.000
            "management": (Fraction(1), 3),  # 0.333
        },
        "",
        "",
        "",
        "",
    ),
)

#: S-8: to check first, then criticals, then gain for effort, then order; each adds to 539.25 of 837 what it lacks.
STEPS = (
    ("LCK-01", 1, Fraction(2177, 3348)),  # 5 for 1
    ("FIR-12", 1, Fraction(2197, 3348)),  # 5 for 1
    ("ISS-02", 1, Fraction(2217, 3348)),  # 5 for 1
    ("DIS-13", 1, Fraction(2237, 3348)),  # 5 for 1
    ("EXS-02", 1, Fraction(2253, 3348)),  # 4 for 1
    ("FIR-05", 1, Fraction(2269, 3348)),  # 4 for 1
    ("TRN-11", 1, Fraction(2285, 3348)),  # 4 for 1
    ("ESH-10", 2, Fraction(2305, 3348)),  # 5 for 2
    ("LIM-02", 2, Fraction(2325, 3348)),  # 5 for 2
    ("LIM-07", 3, Fraction(2345, 3348)),  # 5 for 3
    ("SUR-05", 3, Fraction(2361, 3348)),  # 4 for 3
    ("LOS-03", 1, Fraction(2377, 3348)),  # 4 for 1
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    with open_file(make(tmp_path_factory.mktemp("demo")).assessment) as file:
        return score_opened(file, "en")


def test_a_section_question_by_question(example: Assessed) -> None:
    """S-1 and S-4: (5·1 + 5·4·1 + 4·½ + 3·1) / 40 = 30 / 40; FIR-03 and FIR-05, not answered, add 4 each above."""
    lines = {line.question.id: line for line in example.scorecard.lines if line.section.id == "fire"}
    assert list(lines) == list(FIRE)
    for name, (weight, given, credit, upper) in FIRE.items():
        answer = lines[name].answer
        value = {"value": None} if answer is None else to_json(answer)
        said = "unknown" if value.get("unknown") else value["value"]
        assert (tuple(said) if isinstance(said, list) else said) == given
        assert (lines[name].question.weight, lines[name].credit, lines[name].upper) == (weight, credit, upper), name
    score = next(score for section, score in example.scorecard.sections if section.id == "fire")
    assert (score.lower, score.upper) == (Fraction(30, 40), Fraction(38, 40))


def test_a_domain_is_its_questions_and_not_the_mean_of_its_sections(example: Assessed) -> None:
    """S-4: 224.3 / 372 and 297.3 / 372."""
    found = {section.id: score for section, score in example.scorecard.sections if section.domain == "storage"}
    for name, (lower, upper, weight) in STORAGE.items():
        assert (found[name].lower, found[name].upper, found[name].weight) == (lower / weight, upper / weight, weight)
    assert found.keys() == STORAGE.keys()
    domain = dict(example.scorecard.domains)["storage"]
    assert (domain.lower, domain.upper) == (Fraction("224.3") / 372, Fraction("297.3") / 372)


def test_the_whole(example: Assessed) -> None:
    """S-4: 150.9 + 224.3 + 138.5 + 204.5 = 718.2 of 244 + 372 + 233 + 317 = 1166; above, 940.2."""
    for name, score in example.scorecard.domains:
        lower, upper, weight = DOMAINS[name]
        assert (score.lower, score.upper, score.weight) == (lower / weight, upper / weight, weight)
    overall = example.scorecard.overall
    assert (overall.lower, overall.upper, overall.weight) == (Fraction("718.2") / 1166, Fraction("940.2") / 1166, 1166)
    assert (overall.questions, overall.open) == (313, 61)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_level_rule_by_rule(example: Assessed, number: int) -> None:
    """S-5 a to d."""
    (points, weight), domains, short, unseen, partly, absent = LEVELS[number - 1]
    result = example.scorecard.levels[number - 1]
    assert result.score.lower == points / weight
    assert result.points_missing == Fraction(4, 5) - points / weight
    assert {one.domain: one.score.lower for one in result.domains} == {
        name: earned / of for name, (earned, of) in domains.items()
    }
    assert [one.domain for one in result.domains_short] == [
        n for n, (e, of) in domains.items() if e / of < Fraction(3, 5)
    ]
    for lines, names in (
        (result.criticals_short, short),
        (result.criticals_unseen, unseen),
        (result.criticals_waiting, ""),
        (result.criticals_partly_met, partly),
        (result.absent, absent),
    ):
        assert [line.question.id for line in lines] == names.split()
    assert not result.holds
    assert example.scorecard.achieved == 0


def test_findings_and_gaps(example: Assessed) -> None:
    """S-6 and S-7."""
    findings = example.scorecard.findings
    assert [line.question.id for line in findings.found] == ["CHK-05", "TRN-09"]
    assert [line.question.id for line in findings.not_checked] == ["LIM-02"]
    counted = Counter(gap.priority for gap in example.scorecard.gaps)
    assert counted == {Priority.IMMEDIATE: 11, Priority.HIGH: 21, Priority.MEDIUM: 55, Priority.LOW: 8}  # 95


def test_the_first_steps_of_the_route_with_the_score_after_each(example: Assessed) -> None:
    route = example.scorecard.route
    assert route is not None
    found = [(step.line.question.id, step.effort, step.score_after) for step in route.steps]
    assert tuple(found[: len(STEPS)]) == STEPS


@pytest.mark.parametrize(
    ("code", "name"), [("en", "example-gap-report.xlsx"), ("es", "ejemplo-informe-de-brechas.xlsx")]
)
def test_the_workbooks_show_these_figures(code: str, name: str) -> None:
    """718.2 / 1166 = 61.60 %, 940.2 / 1166 = 80.63 %; 30 / 40 = 75 % and 38 / 40 = 95 %, half up."""
    with language.speaking(code):
        title = language._("Scores")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(REPORTS / name)[title].iter_rows()]
    assert any(row[1:3] == [0.616, 0.806] and row[4:6] == [313, 61] for row in rows)
    assert any(row[1:3] == [0.75, 0.95] and row[4:6] == [10, 2] for row in rows)
