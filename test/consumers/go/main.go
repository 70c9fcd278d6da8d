package main

import (
	"os"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	if slices.Contains(os.Args, "broken") {
		NewBrokenStack(app, "Broken")
	} else {
		NewShopStack(app, "Shop")
		NewEveryKindStack(app, "EveryKind")
	}
	app.Synth(nil)
}
