import sys

from aws_cdk import App

from broken_stack import BrokenStack
from every_kind_stack import EveryKindStack
from shop_stack import ShopStack

app = App()
if "broken" in sys.argv:
    BrokenStack(app, "Broken")
else:
    ShopStack(app, "Shop")
    EveryKindStack(app, "EveryKind")
app.synth()
