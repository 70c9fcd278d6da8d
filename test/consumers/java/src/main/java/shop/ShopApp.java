package shop;

import java.util.List;
import software.amazon.awscdk.App;

public final class ShopApp {
    public static void main(final String[] args) {
        App app = new App();
        if (List.of(args).contains("broken")) {
            new BrokenStack(app, "Broken");
        } else {
            new ShopStack(app, "Shop");
            new EveryKindStack(app, "EveryKind");
        }
        app.synth();
    }

    private ShopApp() {}
}
