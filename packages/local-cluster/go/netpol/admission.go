package netpol

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Socket is where the node announces a pod's address before the pod's first container starts.
// Without that, a pod would be unlimited until its address shows in its status.
const Socket = "/run/bailiwick-netpol.sock"

// Announcement says which pod has just been given which address.
type Announcement struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Address   string `json:"address"`
}

// admissions are the addresses that were announced but do not show in the pods' status yet.
type admissions struct {
	mutex sync.Mutex
	// pending is by namespace/name.
	pending map[string]*admission
	changed trigger
}

type admission struct {
	address string
	// seen says that the API server's pod was found.
	seen bool
	// enforced is closed once the pod's rules are in the kernel.
	enforced chan struct{}
}

func newAdmissions(changed trigger) *admissions {
	return &admissions{pending: map[string]*admission{}, changed: changed}
}

// apply gives the pods the addresses that were announced for them. Written is to be called
// when rules for these pods are in the kernel.
func (a *admissions) apply(pods []*corev1.Pod) (addressed []*corev1.Pod, written func()) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	var satisfied []*admission
	live := map[string]bool{}
	for _, pod := range pods {
		key := pod.Namespace + "/" + pod.Name
		live[key] = true
		if announced := a.pending[key]; announced != nil {
			if pod.Status.PodIP == announced.address {
				delete(a.pending, key)
			} else {
				pod = pod.DeepCopy()
				pod.Status.PodIP = announced.address
			}
			announced.seen = true
			satisfied = append(satisfied, announced)
		}
		addressed = append(addressed, pod)
	}
	for key, announced := range a.pending {
		// Not yet heard of is different from heard of and deleted.
		if announced.seen && !live[key] {
			delete(a.pending, key)
		}
	}
	return addressed, func() {
		for _, each := range satisfied {
			each.release()
		}
	}
}

func (a *admission) release() {
	select {
	case <-a.enforced:
	default:
		close(a.enforced)
	}
}

// ServeHTTP answers an announcement when the pod's rules are in the kernel.
func (a *admissions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var announced Announcement
	if err := json.NewDecoder(r.Body).Decode(&announced); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	pending := &admission{address: announced.Address, enforced: make(chan struct{})}
	a.mutex.Lock()
	a.pending[announced.Namespace+"/"+announced.Name] = pending
	a.mutex.Unlock()
	a.changed.pull()
	select {
	case <-pending.enforced:
	case <-r.Context().Done():
	}
}

// serve listens on the socket until the process ends.
func (a *admissions) serve() error {
	if err := os.Remove(Socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", Socket)
	if err != nil {
		return err
	}
	return (&http.Server{Handler: a, ReadHeaderTimeout: time.Second}).Serve(listener)
}
