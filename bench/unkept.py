"""The portal as it is, without the layer in front that keeps pages: every answer is rendered and compressed anew."""

from flask import Flask

import portal
from portal.web.pages import KeptPages


def create_app() -> Flask:
    """Give the portal, answering past its kept pages."""
    app = portal.create_app()
    kept: KeptPages = app.extensions["lantern.kept_pages"]
    app.wsgi_app = kept.app  # type: ignore[method-assign, assignment]
    return app
