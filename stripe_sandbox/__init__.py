"""A local substitute for Stripe's API and hosted pages, for development and the demo.

It runs as its own process with its own SQLite file and is reached over HTTP only, through Stripe's unmodified SDK.
Nothing of the portal imports it. No money moves here and no card number is kept.
"""

API_VERSION = "2026-10-28.endive"
KEY_MARK = "sk_test_sandbox_"
