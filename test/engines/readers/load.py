"""
The load's table against DynamoDB's, and its figures against a recompute. Prints what `lake.py` counts, and "bronzeFiles".
"""
from collections import defaultdict
from decimal import Decimal

from lake import WANTED, compare, finish, items, keys, read_events, report

CENT = Decimal("0.01")


def expected_orders():
    return [{"order_id": item["OrderID"], "status": item["Status"], "amount": item["Amount"].quantize(CENT), "written_at": int(item["WrittenAt"])}
            for item in items("orders")]


def expected_figures(orders):
    amounts = defaultdict(list)
    for order in orders:
        amounts[order["status"]].append(order["amount"])
    return [{"status": status, "orders": len(members), "revenue": sum(members)} for status, members in amounts.items()]


read_events()

if "tables" in WANTED:
    orders = expected_orders()
    compare("silver", "orders", ["order_id"], orders)
    compare("gold", "by_status", ["status"], expected_figures(orders))
    report["bronzeFiles"] = len(keys("bronze/orders/"))

finish()
