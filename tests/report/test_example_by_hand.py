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
    "FIR-01": (5, "no", Fraction(0), Fraction(0)),
    "FIR-02": (4, "partial", Fraction(1, 2), Fraction(1, 2)),
    "FIR-03": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-04": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-05": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-06": (4, "yes", Fraction(1), Fraction(1)),
    "FIR-07": (4, "2025-08-31", Fraction(1), Fraction(1)),  # 183 days before 2 March 2026, within the band
    "FIR-08": (4, "unknown", Fraction(0), Fraction(1)),
    "FIR-09": (4, ("packing", "fuel", "wiring", "vehicle"), Fraction(1), Fraction(1)),
    "FIR-10": (3, "partial", Fraction(1, 2), Fraction(1, 2)),
}

#: Each section of storage: Σ w·c with open ones nothing, the same with open ones full, Σ w (S-4).
STORAGE = {
    "explosive-storehouses": (Fraction(25), Fraction(29), 36),
    "explosive-limits": (Fraction(37, 2), Fraction(77, 2), 44),
    "field-storage": (Fraction(161, 10), Fraction(261, 10), 27),
    "stacking": (Fraction(16), Fraction(31), 47),
    "fire": (Fraction(55, 2), Fraction(63, 2), 40),
    "ammunition-fire": (Fraction(5), Fraction(5), 5),
    "surveillance": (Fraction(43, 4), Fraction(99, 4), 45),
    "housekeeping": (Fraction(14), Fraction(19), 20),
    "armoury": (Fraction(2), Fraction(2), 4),
}

#: Each domain, as the sections: 116.1, 134.85, 112.5 and 188.5 points, which are 551.95 of 978.
DOMAINS = {
    "physical-security": (Fraction(1161, 10), Fraction(1691, 10), 228),
    "storage": (Fraction(2697, 20), Fraction(4137, 20), 268),
    "inventory": (Fraction(225, 2), Fraction(363, 2), 222),
    "management": (Fraction(377, 2), Fraction(453, 2), 260),
}

#: S-5: each level's own questions: Σ w·c and Σ w; by domain; what fails c; what fails d.
LEVELS = (
    (
        (Fraction(405), 703),  # 0.576, and the threshold is 0.8: a fails
        {  # b asks 0.8 − 0.2 = 0.6 of each: only management, 0.75, has it
            "physical-security": (Fraction(729, 10), 148),
            "storage": (Fraction(488, 5), 190),
            "inventory": (Fraction(169, 2), 165),
            "management": (Fraction(150), 200),
        },
        "PER-01 LCK-10 LIM-01 LIM-08 STK-10 FIR-01 SUR-03 SUR-05 LED-01 ISS-02 CHK-01 CHK-05 CHK-06 LOS-06",
        "LCK-01 LCK-13 LIM-02 SUR-11 LED-05 LOS-04 DIS-11",
        "ACC-03 DET-01 GRD-01 ISS-01 CHK-03 RSK-03 DIS-04",
        "PER-01 LCK-01 LCK-10 LIM-01 LIM-02 STK-10 FIR-01 LED-01 LED-05 ISS-02 CHK-01 CHK-05 CHK-06 LOS-01 RSK-05",
    ),
    (
        (Fraction(2859, 20), 262),  # 0.546
        {  # only management, 0.658, has 0.6
            "physical-security": (Fraction(201, 5), 75),
            "storage": (Fraction(149, 4), 73),
            "inventory": (Fraction(28), 57),
            "management": (Fraction(75, 2), 57),
        },
        "ACC-07 SUR-02",
        "",
        "",
        "ACC-07 SUR-02",
    ),
    (
        (Fraction(4), 13),  # 0.308
        {  # physical security has 3 of 5, which is 0.6; the others fall short
            "physical-security": (Fraction(3), 5),
            "storage": (Fraction(0), 5),
            "management": (Fraction(1), 3),
        },
        "",
        "",
        "",
        "",
    ),
)

#: S-8: to check first, then criticals, then gain for effort, then order; each adds its weight to 405 of 703.
STEPS = (
    ("LCK-01", 1, Fraction(410, 703)),  # 5 for 1
    ("SUR-11", 1, Fraction(414, 703)),  # 4 for 1
    ("LOS-04", 1, Fraction(418, 703)),  # 4 for 1
    ("LIM-02", 2, Fraction(423, 703)),  # 5 for 2
    ("LED-05", 2, Fraction(428, 703)),  # 5 for 2
    ("LCK-13", 2, Fraction(432, 703)),  # 4 for 2
    ("DIS-11", 2, Fraction(436, 703)),  # 4 for 2
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    with open_file(make(tmp_path_factory.mktemp("demo")).assessment) as file:
        return score_opened(file, "en")


def test_a_section_question_by_question(example: Assessed) -> None:
    """S-1 and S-4: (5·0 + 4·½ + 6·4·1 + 4·0 + 3·½) / 40 = 27.5 / 40; FIR-08, which nobody could say, adds 4 above."""
    lines = {line.question.id: line for line in example.scorecard.lines if line.section.id == "fire"}
    assert list(lines) == list(FIRE)
    for name, (weight, given, credit, upper) in FIRE.items():
        answer = lines[name].answer
        assert answer is not None
        value = to_json(answer)
        said = "unknown" if value.get("unknown") else value["value"]
        assert (tuple(said) if isinstance(said, list) else said) == given
        assert (lines[name].question.weight, lines[name].credit, lines[name].upper) == (weight, credit, upper), name
    score = next(score for section, score in example.scorecard.sections if section.id == "fire")
    assert (score.lower, score.upper) == (Fraction(55, 80), Fraction(63, 80))


def test_a_domain_is_its_questions_and_not_the_mean_of_its_sections(example: Assessed) -> None:
    """S-4: 134.85 / 268 and 206.85 / 268."""
    found = {section.id: score for section, score in example.scorecard.sections if section.domain == "storage"}
    for name, (lower, upper, weight) in STORAGE.items():
        assert (found[name].lower, found[name].upper, found[name].weight) == (lower / weight, upper / weight, weight)
    assert found.keys() == STORAGE.keys()
    domain = dict(example.scorecard.domains)["storage"]
    assert (domain.lower, domain.upper) == (Fraction("134.85") / 268, Fraction("206.85") / 268)


def test_the_whole(example: Assessed) -> None:
    """S-4: 116.1 + 134.85 + 112.5 + 188.5 = 551.95 of 228 + 268 + 222 + 260 = 978; above, 783.95."""
    for name, score in example.scorecard.domains:
        lower, upper, weight = DOMAINS[name]
        assert (score.lower, score.upper, score.weight) == (lower / weight, upper / weight, weight)
    overall = example.scorecard.overall
    assert (overall.lower, overall.upper, overall.weight) == (Fraction("551.95") / 978, Fraction("783.95") / 978, 978)
    assert (overall.questions, overall.open) == (262, 65)


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
    assert [line.question.id for line in findings.found] == ["CHK-05", "LOS-06"]
    assert [line.question.id for line in findings.not_checked] == ["LCK-13", "LIM-02"]
    counted = Counter(gap.priority for gap in example.scorecard.gaps)
    assert counted == {Priority.IMMEDIATE: 14, Priority.HIGH: 18, Priority.MEDIUM: 56, Priority.LOW: 7}  # 95


def test_the_first_steps_of_the_route_with_the_score_after_each(example: Assessed) -> None:
    route = example.scorecard.route
    assert route is not None
    found = [(step.line.question.id, step.effort, step.score_after) for step in route.steps]
    assert tuple(found[: len(STEPS)]) == STEPS


@pytest.mark.parametrize(
    ("code", "name"), [("en", "example-gap-report.xlsx"), ("es", "ejemplo-informe-de-brechas.xlsx")]
)
def test_the_workbooks_show_these_figures(code: str, name: str) -> None:
    """551.95 / 978 = 56.44 %, 783.95 / 978 = 80.16 %; 27.5 / 40 = 68.75 % and 31.5 / 40 = 78.75 %, half up."""
    with language.speaking(code):
        title = language._("Scores")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(REPORTS / name)[title].iter_rows()]
    assert any(row[1:3] == [0.564, 0.802] and row[4:6] == [262, 65] for row in rows)
    assert any(row[1:3] == [0.688, 0.788] and row[4:6] == [10, 1] for row in rows)
