// Package volumes gives PersistentVolumeClaims a folder of this node each.
package volumes

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const (
	// firstRetry and lastRetry are how long a claim or volume waits that could not be served.
	firstRetry = time.Second
	lastRetry  = time.Minute
	// requestsPerSecond may go to the API server, and twice as many at once.
	requestsPerSecond = 50
)

// Run makes and removes volumes until the context ends.
func Run(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("volumes", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "kubeconfig with the right to make and remove volumes")
	provisioner := flags.String("provisioner", "", "name by which storage classes ask for these volumes")
	node := flags.String("node", "", "name of the node that has the folders")
	directory := flags.String("directory", "", "folder that gets a folder for each volume")
	health := flags.String("health", "127.0.0.1:10271", "address that answers /readyz")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	root, err := os.OpenRoot(*directory)
	if err != nil {
		return fmt.Errorf("--directory: %w", err)
	}
	defer root.Close()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = requestsPerSecond, 2*requestsPerSecond
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	serve(ctx, client, *provisioner, &folders{root: root, node: *node})
	if ctx.Err() != nil {
		return nil
	}
	server := &http.Server{Addr: *health, Handler: readiness(), ReadHeaderTimeout: time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.ListenAndServe(); ctx.Err() == nil {
		return err
	}
	return nil
}

// serve returns once the present claims and volumes are known, and goes on until the context ends.
func serve(ctx context.Context, client kubernetes.Interface, provisioner string, folders *folders) {
	known := informers.NewSharedInformerFactory(client, controller.DefaultResyncPeriod)
	control := controller.NewProvisionController(ctx, client, provisioner, folders,
		controller.ClaimsInformer(known.Core().V1().PersistentVolumeClaims().Informer()),
		controller.VolumesInformer(known.Core().V1().PersistentVolumes().Informer()),
		controller.ClassesInformer(known.Storage().V1().StorageClasses().Informer()),
		// There is one node, and the supervisor starts one of us.
		controller.LeaderElection(false),
		// A volume that somebody deletes stays until its folder is gone.
		controller.AddFinalizer(true),
		controller.RateLimiter(retries()),
		controller.CreateProvisionedPVLimiter(retries()),
		controller.FailedProvisionThreshold(0),
		controller.FailedDeleteThreshold(0),
	)
	known.Start(ctx.Done())
	known.WaitForCacheSync(ctx.Done())
	go control.Run(ctx)
}

func retries() workqueue.TypedRateLimiter[string] {
	return workqueue.NewTypedItemExponentialFailureRateLimiter[string](firstRetry, lastRetry)
}

// readiness is served only once there is something to say.
func readiness() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/readyz", func(http.ResponseWriter, *http.Request) {})
	return mux
}
