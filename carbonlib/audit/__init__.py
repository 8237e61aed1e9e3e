"""Checking printed tables (検算): each number an interval, each break with the single cell that would mend it."""

from carbonlib.audit.table import Audit, audit
from carbonlib.audit.wording import lines, objects

__all__ = ["Audit", "audit", "lines", "objects"]
