package netpol

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/knftables"
)

const (
	// gather is how long changes are collected before the table is written anew.
	gather = 30 * time.Millisecond
	// retry is how long to wait after nft refused.
	retry = time.Second
)

// Run enforces policies until the context ends. The table stays: it goes with the namespace.
func Run(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("netpol", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "kubeconfig with the right to watch pods, namespaces and policies")
	host := flags.String("host", "", "address of the machine, from which every pod can be reached")
	health := flags.String("health", "127.0.0.1:10270", "address that answers /readyz")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	address, err := netip.ParseAddr(*host)
	if err != nil {
		return fmt.Errorf("--host: %w", err)
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	tables, err := knftables.New(knftables.IPv4Family, Table)
	if err != nil {
		return fmt.Errorf("nftables cannot be used: %w", err)
	}
	var ready atomic.Bool
	server := &http.Server{Addr: *health, Handler: readiness(&ready), ReadHeaderTimeout: time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	go func() { failed <- enforce(ctx, client, tables, address, &ready) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return server.Close()
	}
}

func readiness(ready *atomic.Bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !ready.Load() {
			http.Error(w, "the rules are not written yet", http.StatusServiceUnavailable)
		}
	})
}

// enforce keeps the table as the API server wants it; it returns when announcements fail.
func enforce(ctx context.Context, client kubernetes.Interface, tables knftables.Interface, host netip.Addr, ready *atomic.Bool) error {
	factory := informers.NewSharedInformerFactory(client, 0)
	state := newState(factory)
	changed := state.notify(ctx)
	announced := newAdmissions(changed)
	failed := make(chan error, 1)
	go func() { failed <- announced.serve() }()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	for ctx.Err() == nil {
		rules, written := state.compute(announced)
		tx := tables.NewTransaction()
		Render(tx, rules, host)
		if err := tables.Run(ctx, tx); err != nil {
			ready.Store(false)
			klog.ErrorS(err, "The rules cannot be written")
			time.Sleep(retry)
			continue
		}
		written()
		ready.Store(true)
		select {
		case <-ctx.Done():
		case err := <-failed:
			return fmt.Errorf("%s: %w", Socket, err)
		case <-changed:
			time.Sleep(gather)
		}
	}
	return nil
}
