// Command kube holds every server and client a local Kubernetes needs in one program.
//
// The part to run is chosen by the name the program is called by (a link named kubectl behaves as
// kubectl) or else by the first argument (kube kubectl …).
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// part is one program inside this one. It owns os.Args and ends the process itself on failure.
type part func()

var parts = map[string]part{
	"etcd":                    runEtcd,
	"kube-apiserver":          runAPIServer,
	"kube-controller-manager": runControllers,
	"kube-scheduler":          runScheduler,
	"kubelet":                 runKubelet,
	"kube-proxy":              runProxy,
	"kubectl":                 runKubectl,
}

func main() {
	name := filepath.Base(os.Args[0])
	if _, known := parts[name]; !known && len(os.Args) > 1 {
		name = os.Args[1]
		os.Args = os.Args[1:]
	}
	run, known := parts[name]
	if !known {
		names := make([]string, 0, len(parts))
		for each := range parts {
			names = append(names, each)
		}
		slices.Sort(names)
		fmt.Fprintf(os.Stderr, "usage: kube <part> [arguments]\nparts: %s\n", strings.Join(names, ", "))
		os.Exit(2)
	}
	run()
}
