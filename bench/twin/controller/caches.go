package controller

import (
	"context"

	"bailiwick.dev/twin/api"
	"bailiwick.dev/twin/platform"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Names of the indexes.
const (
	byApp  = "app"
	byHome = "metadata.namespace"
	byPack = "spec.archetype.pack"
	byPlan = "spec.plan"
)

// noCopy reads the very object of the cache, which nobody may change.
const noCopy = client.UnsafeDisableDeepCopy

// CacheOptions drops what nobody reads before it is kept.
func CacheOptions() cache.Options {
	return cache.Options{
		DefaultTransform: cache.TransformStripManagedFields(),
		ByObject: map[client.Object]cache.ByObject{
			&corev1.ConfigMap{}: {Transform: stripContent},
			&corev1.Pod{}:       {Label: labels.SelectorFromSet(labels.Set{managedByLabel: managedBy})},
		},
	}
}

// stripContent leaves the names of runtime images only: code bundles are large.
func stripContent(in any) (any, error) {
	if configMap, ok := in.(*corev1.ConfigMap); ok {
		configMap.ManagedFields = nil
		configMap.BinaryData = nil
		if configMap.Namespace != systemNamespace {
			configMap.Data = nil
		}
	}
	return in, nil
}

func addIndexes(ctx context.Context, indexer client.FieldIndexer) error {
	for _, one := range []struct {
		object client.Object
		name   string
		value  client.IndexerFunc
	}{
		{&appsv1.Deployment{}, byApp, appKeys},
		{&policyv1.PodDisruptionBudget{}, byApp, appKeys},
		{&corev1.ConfigMap{}, byApp, appKeys},
		{&corev1.Pod{}, byApp, appKeys},
		{&corev1.Service{}, byApp, appKeys},
		{&corev1.ServiceAccount{}, byApp, appKeys},
		{&networkingv1.NetworkPolicy{}, byApp, appKeys},
		{&api.App{}, byPack, func(o client.Object) []string {
			return []string{o.(*api.App).Spec.Archetype.Pack}
		}},
		{&platform.Tenant{}, byPlan, func(o client.Object) []string {
			return []string{o.(*platform.Tenant).Spec.Plan}
		}},
	} {
		if err := indexer.IndexField(ctx, one.object, one.name, one.value); err != nil {
			return err
		}
	}
	return nil
}

// appKeys finds what was made for an app, and the pods of that.
func appKeys(o client.Object) []string {
	_, isPod := o.(*corev1.Pod)
	_, isMade := o.GetAnnotations()[hashAnnotation]
	tenant, app := o.GetLabels()[tenantLabel], o.GetLabels()[appLabel]
	if tenant == "" || app == "" || !isPod && !isMade {
		return nil
	}
	return []string{tenant + "/" + app}
}

// removeIndexed deletes those of an app's objects of one kind that are surplus.
func (r *AppReconciler) removeIndexed(ctx context.Context, tenant, app string, list client.ObjectList, surplus func(client.Object) bool) error {
	if err := r.List(ctx, list, client.MatchingFields{byApp: tenant + "/" + app}, noCopy); err != nil {
		return err
	}
	return meta.EachListItem(list, func(item runtime.Object) error {
		if one := item.(client.Object); surplus(one) {
			return remove(ctx, r.Client, one)
		}
		return nil
	})
}
