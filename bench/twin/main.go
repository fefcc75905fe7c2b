// The twin does with apps what Bailiwick's operator does, on controller-runtime. It is what the
// operator is measured against.
package main

import (
	"flag"
	"os"

	"bailiwick.dev/twin/api"
	"bailiwick.dev/twin/controller"
	"bailiwick.dev/twin/platform"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

func main() {
	metrics := flag.String("metrics", "0", "address of metrics, beside --kubeconfig of controller-runtime")
	flag.Parse()
	ctrl.SetLogger(zap.New())
	if err := run(*metrics); err != nil {
		ctrl.Log.Error(err, "The twin failed")
		os.Exit(1)
	}
}

func run(metrics string) error {
	config, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	// The API server alone decides how much it takes.
	config.QPS = -1
	config.UserAgent = "twin"

	scheme := runtime.NewScheme()
	utilruntime.Must(clientgoscheme.AddToScheme(scheme))
	utilruntime.Must(api.AddToScheme(scheme))
	utilruntime.Must(platform.AddToScheme(scheme))
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:  scheme,
		Cache:   controller.CacheOptions(),
		Metrics: server.Options{BindAddress: metrics},
	})
	if err != nil {
		return err
	}
	ctx := ctrl.SetupSignalHandler()
	apps := &controller.AppReconciler{Client: manager.GetClient(), Reader: manager.GetAPIReader()}
	if err := apps.SetupWithManager(ctx, manager); err != nil {
		return err
	}
	return manager.Start(ctx)
}
