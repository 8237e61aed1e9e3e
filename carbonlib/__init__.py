"""Units, factors, accounts and reports for energy diagnosis of small companies in a Japanese city.

Nothing is imported here, so that ``import carbonlib`` costs nothing: take what you need from the modules,
for example ``from carbonlib.units import Q_, parse``.
"""

__version__ = "0.1.0"
