"""
The shop's tables against a recompute from DynamoDB's. It knows the rules of the shop's pipeline and nothing of the library. Prints
{"comparisons": {table: values}, "differences": […], "rows": {…}, "types": {…}, "files": {…}, "events": {…}}.
"""
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from lake import WANTED, compare, deployment, finish, items, read_events, table

VARIANT = deployment["variant"]
GROWN = VARIANT == "grown"
CENT = Decimal("0.01")


def money(value):
    """None where it is no number with two decimals: such a value does not convert."""
    exact = isinstance(value, Decimal) and value == value.quantize(CENT)
    return value.quantize(CENT) if exact else None


def whole(value):
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else None


def text(value):
    return value if isinstance(value, str) else None


def moment(value):
    return datetime.strptime(value, "%Y-%m-%d %H:%M:%S") if isinstance(value, str) else None


def expected_customers():
    return [{"customer_id": item["CustomerID"], "name": text(item.get("Name")), "email": text(item.get("Email")),
             "region": text(item.get("Region")), "join_date": item.get("JoinDate") and date.fromisoformat(item["JoinDate"]),
             **({"contact": text(item.get("Email"))} if GROWN else {})}
            for item in items("customers")]


def expected_products():
    return [{"product_id": item["ProductID"], "product_name": text(item.get("ProductName")), "category": text(item.get("Category")),
             "price": money(item.get("Price")), "stock_level": whole(item.get("StockLevel"))} for item in items("products")]


def expected_suppliers():
    return [{"supplier_id": int(item["SupplierID"]), "name": text(item.get("Name"))} for item in items("suppliers")]


def expected_orders(customers):
    by_id = {customer["customer_id"]: customer for customer in customers}
    rows = []
    for item in items("orders_enriched"):
        total = money(item.get("TotalAmount"))
        if total is not None and total < 0:
            continue  # quarantined
        customer = by_id.get(item.get("CustomerID"), {})
        rows.append({
            "order_id": item["OrderID"], "customer_id": text(item.get("CustomerID")), "order_date": moment(item.get("OrderDate")),
            "status": text(item.get("Status")), "total_amount": total, "item_count": whole(item.get("ItemCount")),
            "product_ids": item.get("ProductIDs"), "shipping_address": text(item.get("ShippingAddress")),
            "customer_name": customer.get("name"), "customer_region": customer.get("region")})
    return rows


def expected_sales(orders):
    groups = defaultdict(list)
    for order in orders:
        if order["customer_region"] is not None:
            groups[(order["order_date"] and order["order_date"].date(), order["customer_region"])].append(order)
    rows = []
    for (day, region), members in groups.items():
        totals = [order["total_amount"] for order in members if order["total_amount"] is not None]
        rows.append({
            "order_date": day, "region": region, "order_count": len(members), "total_revenue": sum(totals) if totals else None,
            "avg_order_value": float(sum(totals)) / len(totals) if totals else None,
            "unique_customers": len({order["customer_id"] for order in members} - {None})})
    return rows


def expected_performance(products):
    def status(stock):
        if stock is not None and stock < 10:
            return "Critical"
        return "Low" if stock is not None and stock < 50 else "Good"
    return [{"product_id": product["product_id"], "product_name": product["product_name"], "category": product["category"],
             "price": product["price"], "current_stock": product["stock_level"], "stock_status": status(product["stock_level"])}
            for product in products]


def expected_statuses(orders):
    counts = Counter(order["status"] for order in orders)
    return [{"status": status, "order_count": count} for status, count in counts.items()]


def expected_metrics(orders, computed_at):
    today = datetime.combine(computed_at.date(), datetime.min.time())

    def within(days, end=today + timedelta(1)):
        return [order for order in orders if order["order_date"] and end - timedelta(days + 1) <= order["order_date"] < end]

    def revenue(days, *end):
        return sum((order["total_amount"] for order in within(days, *end) if order["total_amount"] is not None), Decimal(0)).quantize(CENT)

    def before(days):
        return revenue(days, today - timedelta(days))

    values = {"orders_today": (Decimal(len(within(0))).quantize(CENT), None), "revenue_today": (revenue(0), None),
              "revenue_7d": (revenue(7), before(7)), "revenue_30d": (revenue(30), before(30)), "revenue_90d": (revenue(90), None)}
    return [{"metric_name": name, "metric_value": value, "previous_value": previous} for name, (value, previous) in values.items()]


read_events()
if "tables" in WANTED:
    customers, products = expected_customers(), expected_products()
    orders = expected_orders(customers)
    compare("silver", "customers", ["customer_id"], customers)
    compare("silver", "products", ["product_id"], products)
    if VARIANT != "first":
        compare("silver", "suppliers", ["supplier_id"], expected_suppliers())
    compare("silver", "orders_enriched", ["order_id"], orders)
    compare("gold", "daily_sales_by_region", ["order_date", "region"], expected_sales(orders))
    compare("gold", "product_performance", ["product_id"], expected_performance(products))
    computed_at = max((row["computed_at"] for row in table("gold", "key_metrics")), default=datetime.min)
    if GROWN:
        compare("gold", "orders_by_status", ["status"], expected_statuses(orders))
    compare("gold", "key_metrics", ["metric_name"], expected_metrics(orders, computed_at))

finish()
