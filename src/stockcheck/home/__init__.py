"""The home screen: what a person finds who calls `stockcheck` alone, and types no command.

`remembered` keeps where files lie and what was chosen, `shelf` finds assessments and says how they stand, `app` puts
the screen together, `dialogs` ask, `tasks` have the commands run. What a command does is told by nobody twice: the
command line hands its commands over as `commands.Commands`.
"""
