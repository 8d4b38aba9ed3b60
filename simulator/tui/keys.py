"""The keys that work on every screen, and all keys as commands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from simulator.i18n import Texts
from simulator.tui.screens.help import HelpSheet
from simulator.tui.screens.page import Page
from simulator.tui.themes import DARK, LIGHT


class KeyedApp(App[None], inherit_bindings=False):
    """An app with help, light, commands and an end, whatever its screens are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "help", id="app.help", tooltip="help_tip"),
        Binding("f7", "light", "light", id="app.light", show=False, tooltip="light_tip"),
        Binding(
            "ctrl+p", "command_palette", "palette", id="app.palette", show=False, priority=True,
            tooltip="palette_tip",
        ),
        Binding(
            "ctrl+q", "quit", "quit", id="app.quit", show=False, priority=True, tooltip="quit_tip"
        ),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]  # fmt: skip

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    def action_help(self) -> None:
        """Explain the screen."""
        if isinstance(self.screen, Page):
            self.push_screen(HelpSheet(self.texts, self.screen))

    def action_light(self) -> None:
        """Change between dark and light."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name

    def action_command_palette(self) -> None:
        """Offer all commands by name."""
        if not isinstance(self.screen, CommandPalette):
            placeholder = self.texts("app.commands.placeholder")
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def action_help_quit(self) -> None:
        """Say how to leave; Ctrl+C copies."""
        self.notify(self.texts("app.commands.how_to_quit"), markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every key of the screen as a command, and the app's own."""
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            if enabled and tooltip and binding.action != "command_palette":
                act = partial(self.run_action, binding.action, node)
                yield SystemCommand(binding.description, tooltip, act)
