"""The portal's app for a command, or a plain word about the setting that it does not start with."""

import click
from flask import Flask

from config import ConfigError
from portal import create_app


def open_app() -> Flask:
    """Give the app. Raises click's error for settings that must not start."""
    try:
        return create_app()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
