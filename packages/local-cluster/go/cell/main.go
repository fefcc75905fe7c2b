// Command cell holds Bailiwick's own parts of a local cluster: it issues certificates, launches
// the cluster's processes (isolated in namespaces of their own where asked), enforces
// NetworkPolicy and makes volumes. Kubernetes itself is in the kube program.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"bailiwick.dev/local-cluster/certs"
	"bailiwick.dev/local-cluster/isolation"
	"bailiwick.dev/local-cluster/launch"
	"bailiwick.dev/local-cluster/netpol"
	"bailiwick.dev/local-cluster/podhook"
	"bailiwick.dev/local-cluster/volumes"
)

const usage = `usage: cell <command> [arguments]

  certs            issue the certificates and kubeconfigs asked for in JSON on standard input
  csr              make a key and a signing request for the name in JSON on standard input
  launch           start processes asked for line by line on standard input
  isolate FILE     the same inside namespaces of their own, laid out in FILE
  clean FILE [release]
                   remove what an isolated cell left on the host; release its addresses, too
  netpol FLAGS     enforce NetworkPolicy for the pods of this network namespace
  volumes FLAGS    give PersistentVolumeClaims a folder of this node each

Called as a network plugin, it holds a pod until its policies are in force.
`

func main() {
	if os.Getenv(podhook.CommandVariable) != "" {
		if podhook.Run(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
		return
	}
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "cell %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

func run(command string, arguments []string) error {
	switch command {
	case "certs":
		return certs.Run(os.Stdin)
	case "csr":
		return certs.RunRequest(os.Stdin, os.Stdout)
	case "launch":
		return launch.Run(os.Stdin, os.Stdout)
	case "isolate":
		return isolation.Run(arguments)
	case isolation.InsideCommand:
		return isolation.RunInside(arguments)
	case "clean":
		return isolation.RunClean(arguments)
	case "netpol":
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		return netpol.Run(ctx, arguments)
	case "volumes":
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		return volumes.Run(ctx, arguments)
	}
	return fmt.Errorf("unknown command\n%s", usage)
}
