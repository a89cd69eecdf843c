"""review: countersigning what somebody else has set aside as not applicable."""

from __future__ import annotations

from typing import Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import FileArgument
from stockcheck.cli.saying import say
from stockcheck.cli.standard_input import check_input, line_by_line
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named


def add_to(app: App) -> None:
    """Register the command of this module."""
    app.command(
        help=_(
            "Countersign what somebody else set aside. Accept that a question does not apply, or send it back and say "
            "why. Until it is accepted it is open and counts as nothing. Nobody countersigns their own."
        )
    )(review)


def review(
    file: FileArgument,
    by: Annotated[str, typer.Option("--by", help=_("Who reviews; not who set it aside."), show_default=False)] = "",
    only_list: Annotated[
        bool, typer.Option("--list", help=_("Print what waits for a countersignature, and decide nothing."))
    ] = False,
) -> None:
    """Go through what is set aside."""
    from stockcheck.assessment.file import open_file
    from stockcheck.plaintext import says_something
    from stockcheck.questionnaire.reviewing import PlainReview, score_in_words, set_aside_in_words
    from stockcheck.questionnaire.session import Session

    if only_list:
        with open_file(file) as opened:
            session = Session(opened, language.current())
            for question in session.set_aside_to_review():
                say(*set_aside_in_words(session, question))
            if not session.set_aside_to_review():
                say(_("Nothing waits for a countersignature."))
            say(_("Score {score}.").format(score=score_in_words(session)))
        return
    if not says_something(by):
        raise UsageError(
            _("Whoever reviews gives a name."),
            _("Such as: stockcheck review {file} --by NAME").format(file=named(file)),
        )
    check_input()
    with open_file(file, write=True, by=by) as opened:
        if opened.read_only:
            raise AssessmentFileError(opened.read_only)
        session = Session(opened, language.current())
        line_by_line(lambda say, patient, encoding: PlainReview(session, say, patient=patient, encoding=encoding))
