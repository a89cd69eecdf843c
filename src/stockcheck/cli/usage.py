"""The command line's own words, such as usage, help, mistakes in a call, in the language in use.

The library that reads the command line speaks English. What a person may see of it is put into words here; the rest
it looks up by gettext, for which `speak` points it at this program's translations.
"""

from __future__ import annotations

import gettext
import os
import re
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_name

from stockcheck.closest import closest
from stockcheck.errors import UsageError
from stockcheck.language import LOCALE_DIR, _, table_in_use
from stockcheck.plaintext import one_line

if TYPE_CHECKING:
    _Base = TyperCommand
else:
    _Base = object

#: What the library raises for a mistake in a call. It is public only by way of its most common kind.
CallError: type[Any] = typer.BadParameter.__mro__[1]
#: Ctrl+C, as it is or as the library passes it on.
INTERRUPTED = (KeyboardInterrupt, typer.Abort)


def speak() -> None:
    """Have the library's headings in the language in use."""
    gettext.bindtextdomain("stockcheck", LOCALE_DIR)
    gettext.textdomain("stockcheck")
    os.environ["LANGUAGE"] = table_in_use().code


class _Spoken(_Base):
    """Usage and help in the language in use."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))

    def get_params(self, ctx: Any) -> Any:
        """As in the library, which would put the English name of its type behind each argument's own name."""
        params: list[Any] = list(super().get_params(ctx))
        for param in params:
            if param.param_type_name == "argument":
                param.display_type_rich = lambda ctx: None
        return params

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help.")
        return option


class _Command(_Spoken, TyperCommand):
    """A command."""


class _Group(_Spoken, TyperGroup):
    """A group of commands."""


class App(typer.Typer):
    """Commands that explain themselves in the language in use: plainly, which is quick and right for every terminal."""

    def __init__(self, *, no_args_is_help: bool = True, **options: Any) -> None:
        super().__init__(
            cls=_Group,
            no_args_is_help=no_args_is_help,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            options_metavar=_("[OPTIONS]"),
            subcommand_metavar=_("COMMAND …"),
            context_settings={"help_option_names": ["-h", "--help"]},
            **options,
        )

    def command(self, name: str | None = None, **options: Any) -> Any:
        """As in `typer.Typer`."""
        return super().command(name, cls=_Command, options_metavar=_("[OPTIONS]"), **options)

    def keep(self, name: str) -> None:
        """Forget every command but `name`; if there is none of that name, forget none.

        To describe all commands, their options and arguments takes longer than most commands do.
        """
        commands = [command for command in self.registered_commands if _name(command) == name]
        groups = [group for group in self.registered_groups if group.name == name]
        if commands or groups:
            self.registered_commands, self.registered_groups = commands, groups


def _name(command: Any) -> str:
    """What a command is called by: the name of its function, if it was given none."""
    return command.name or get_command_name(command.callback.__name__)


def _quoted(text: str) -> str:
    return one_line(text, limit=400)


def explained(error: Any) -> UsageError:
    """What the library found wrong with a call, in this program's words."""
    option = _quoted(getattr(error, "option_name", ""))
    if (param := getattr(error, "param", None)) is not None:
        option = param.opts[0] if param.opts[0].startswith("-") else param.metavar
    message = _quoted(error.format_message())  # it quotes the call, and a call may hold anything
    match type(error).__name__:
        case "MissingParameter":
            message = _("{name} is missing.").format(name=option)
        case "NoSuchOption":
            message = _("There is no option {name}.").format(name=option)
        case "BadOptionUsage" if "requires" in message:
            message = _("{name} needs a value.").format(name=option)
        case "BadOptionUsage":
            message = _("{name} takes no value.").format(name=option)
        case "BadParameter":
            message = f"{option}: {_quoted(error.message)}"
        case _ if found := re.search(r"No such command '(.*?)'", message):
            message = _("There is no command {name}.").format(name=found[1])
            if near := closest(found[1], error.ctx.command.list_commands(error.ctx)):
                message += " " + _("Did you mean {name}?").format(name=near)
        case _ if found := re.search(r"unexpected extra arguments?\S* \((.*)\)", message):
            message = _("There is too much in the call: {words}.").format(words=found[1])
    if option == "--lang":
        return UsageError(message, _("--lang stands before the command: stockcheck --lang es score …"))
    command = error.ctx.command_path if error.ctx is not None else "stockcheck"
    return UsageError(message, _("{command} --help explains the command.").format(command=command))
