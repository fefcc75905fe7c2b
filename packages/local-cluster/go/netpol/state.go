package netpol

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
)

// state is what the API server last said.
type state struct {
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
	informers  []cache.SharedIndexInformer
}

func newState(factory informers.SharedInformerFactory) *state {
	core, networking := factory.Core().V1(), factory.Networking().V1()
	return &state{
		pods:       core.Pods().Lister(),
		namespaces: core.Namespaces().Lister(),
		policies:   networking.NetworkPolicies().Lister(),
		informers: []cache.SharedIndexInformer{
			core.Pods().Informer(),
			core.Namespaces().Informer(),
			networking.NetworkPolicies().Informer(),
		},
	}
}

// notify gives a channel that holds at most one token, present when something changed.
func (s *state) notify(ctx context.Context) trigger {
	changed := make(trigger, 1)
	for _, informer := range s.informers {
		if _, err := informer.AddEventHandler(changed); err != nil {
			klog.FromContext(ctx).Error(err, "Changes are not heard")
		}
	}
	return changed
}

// compute gives the rules, and what to call once they are in the kernel.
func (s *state) compute(announced *admissions) (rules Ruleset, written func()) {
	everything := labels.Everything()
	// Listing from memory does not fail.
	pods, _ := s.pods.List(everything)
	namespaces, _ := s.namespaces.List(everything)
	policies, _ := s.policies.List(everything)
	pods, written = announced.apply(pods)
	return Compute(pods, namespaces, policies), written
}

// trigger leaves a token for each change that can matter.
type trigger chan struct{}

func (t trigger) OnAdd(any, bool) { t.pull() }
func (t trigger) OnDelete(any)    { t.pull() }

// OnUpdate skips the many status updates of pods that change neither address nor labels.
func (t trigger) OnUpdate(before, after any) {
	old, wasPod := before.(*corev1.Pod)
	current, isPod := after.(*corev1.Pod)
	if wasPod && isPod && old.Status.PodIP == current.Status.PodIP && old.Status.Phase == current.Status.Phase &&
		equality.Semantic.DeepEqual(old.Labels, current.Labels) {
		return
	}
	t.pull()
}

func (t trigger) pull() {
	select {
	case t <- struct{}{}:
	default:
	}
}
