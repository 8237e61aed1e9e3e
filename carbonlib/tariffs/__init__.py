"""What a saved kWh and a saved kW are worth: the average and the marginal price, the demand charge."""

from carbonlib.tariffs.demand import DemandSaving, contract_basis, demand_charge_saving
from carbonlib.tariffs.model import ALL_HOURS, Hours, Price, TariffError
from carbonlib.tariffs.power_factor import power_factor_multiplier
from carbonlib.tariffs.price import average_price, marginal_price
from carbonlib.tariffs.tax import cost_without_tax, without_tax

__all__ = [
    "ALL_HOURS",
    "DemandSaving",
    "Hours",
    "Price",
    "TariffError",
    "average_price",
    "contract_basis",
    "cost_without_tax",
    "demand_charge_saving",
    "marginal_price",
    "power_factor_multiplier",
    "without_tax",
]
