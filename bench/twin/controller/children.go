package controller

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"bailiwick.dev/twin/api"
	"golang.org/x/sync/errgroup"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// applyWorkload makes everything an app needs in one environment: first the rules, the address and
// the code, then the pods that are under and behind them.
func (r *AppReconciler) applyWorkload(ctx context.Context, w *workload) error {
	owner := ownerOf(w.tenant, w.app)
	var side errgroup.Group
	side.Go(func() error {
		return apply[networkingv1.NetworkPolicy](ctx, r.Client, desiredNetworkPolicy(w), owner)
	})
	side.Go(func() error {
		return apply[corev1.ServiceAccount](ctx, r.Client, desiredServiceAccount(w), owner)
	})
	side.Go(func() error {
		return apply[corev1.Service](ctx, r.Client, desiredService(w), owner)
	})
	if err := side.Wait(); err != nil {
		return err
	}
	if err := r.copyBundle(ctx, w, owner); err != nil {
		return err
	}
	if err := apply[appsv1.Deployment](ctx, r.Client, desiredDeployment(w), owner); err != nil {
		return err
	}
	if w.replicas < 2 {
		return r.removeBudget(ctx, w)
	}
	return apply[policyv1.PodDisruptionBudget](ctx, r.Client, desiredDisruptionBudget(w), owner)
}

// copyBundle copies the code into the environment, once. The cache keeps no contents.
func (r *AppReconciler) copyBundle(ctx context.Context, w *workload, owner string) error {
	there := &corev1.ConfigMap{}
	key := client.ObjectKey{Namespace: w.namespace, Name: w.bundle.copy}
	if err := client.IgnoreNotFound(r.Get(ctx, key, there, noCopy)); err != nil {
		return err
	}
	if there.Annotations[digestAnnotation] == w.bundle.digest && there.Labels[appLabel] == w.app {
		return nil
	}
	source := &corev1.ConfigMap{}
	key = client.ObjectKey{Namespace: homeNamespace(w.tenant), Name: w.bundle.source}
	if err := r.Reader.Get(ctx, key, source); apierrors.IsNotFound(err) {
		return wait("Code bundle " + w.bundle.source + " is not available yet.")
	} else if err != nil {
		return err
	}
	archive := source.BinaryData[bundleKey]
	sum := sha256.Sum256(archive)
	if "sha256:"+hex.EncodeToString(sum[:]) != w.bundle.digest {
		return fail("The content of code bundle "+w.bundle.source+" does not match its digest.",
			"Push or publish the code again.")
	}
	return apply[corev1.ConfigMap](ctx, r.Client, desiredBundleCopy(w, archive), owner)
}

// removeBudget deletes the disruption budget of an app that has one pod.
func (r *AppReconciler) removeBudget(ctx context.Context, w *workload) error {
	return r.removeIndexed(ctx, w.tenant, w.app, &policyv1.PodDisruptionBudgetList{},
		func(o client.Object) bool { return o.GetNamespace() == w.namespace })
}

// pruneCopies deletes the copies that neither the pods of an environment nor their successors use.
func (r *AppReconciler) pruneCopies(ctx context.Context, w *workload, pods []corev1.Pod) error {
	used := map[string]bool{w.bundle.digest: true}
	for i := range pods {
		used[pods[i].Annotations[digestAnnotation]] = true
	}
	return r.removeIndexed(ctx, w.tenant, w.app, &corev1.ConfigMapList{}, func(o client.Object) bool {
		return o.GetNamespace() == w.namespace && !used[o.GetAnnotations()[digestAnnotation]]
	})
}

// pruneEnvironments deletes what an app has in environments that it does not name any more.
func (r *AppReconciler) pruneEnvironments(ctx context.Context, tenant string, app *api.App) error {
	kept := map[string]bool{"": true}
	for _, environment := range app.Spec.Environments {
		kept[environment.Name] = true
	}
	return r.removeChildren(ctx, tenant, app.Name, func(o client.Object) bool {
		return !kept[o.GetLabels()[environmentLabel]]
	})
}

func (r *AppReconciler) removeChildren(ctx context.Context, tenant, app string, surplus func(client.Object) bool) error {
	var failures []error
	for _, list := range []client.ObjectList{
		&networkingv1.NetworkPolicyList{},
		&corev1.ServiceAccountList{},
		&corev1.ServiceList{},
		&corev1.ConfigMapList{},
		&appsv1.DeploymentList{},
		&policyv1.PodDisruptionBudgetList{},
	} {
		failures = append(failures, r.removeIndexed(ctx, tenant, app, list, surplus))
	}
	return errors.Join(failures...)
}
