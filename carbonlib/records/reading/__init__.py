"""What cells say, whatever file they stand in: months, kinds of energy, units, costs, totals; and what is doubtful in them."""
