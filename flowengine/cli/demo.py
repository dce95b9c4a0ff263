"""`flowengine demo`: three weeks of orders in less than a minute."""

from __future__ import annotations
