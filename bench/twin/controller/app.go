// Package controller runs apps as Bailiwick's operator does, with controller-runtime.
package controller

import (
	"context"
	"errors"

	"bailiwick.dev/twin/api"
	"bailiwick.dev/twin/platform"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
)

// AppReconciler makes the world as apps want it.
type AppReconciler struct {
	// Client reads from the cache.
	client.Client
	// Reader reads from the API server.
	Reader client.Reader
}

// Reconcile runs an app in all its environments and says how it is doing there.
func (r *AppReconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	app := &api.App{}
	if err := r.Get(ctx, request.NamespacedName, app); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	tenantName := tenantOfHome(app.Namespace)
	if !app.DeletionTimestamp.IsZero() {
		return ctrl.Result{}, r.removeApp(ctx, tenantName, app)
	}
	if err := r.ensureFinalizer(ctx, app); err != nil {
		return ctrl.Result{}, err
	}
	tenant := &platform.Tenant{}
	if err := r.Get(ctx, client.ObjectKey{Name: tenantName}, tenant, noCopy); client.IgnoreNotFound(err) != nil {
		return ctrl.Result{}, err
	}
	var failures []error
	var states []api.EnvironmentStatus
	for _, environment := range app.Spec.Environments {
		state, err := r.reconcileEnvironment(ctx, app, tenant, environment)
		failures = append(failures, err)
		states = append(states, state)
	}
	failures = append(failures,
		r.pruneEnvironments(ctx, tenantName, app),
		r.writeStatus(ctx, app, states))
	return ctrl.Result{}, errors.Join(failures...)
}

func (r *AppReconciler) reconcileEnvironment(ctx context.Context, app *api.App, tenant *platform.Tenant, environment api.Environment) (api.EnvironmentStatus, error) {
	state := api.EnvironmentStatus{Name: environment.Name}
	if tenant.Name == "" {
		tenant = nil
	}
	w, err := r.resolve(ctx, app, tenant, environment)
	if err == nil {
		err = r.applyWorkload(ctx, w)
	}
	if err != nil {
		stop := &obstacle{}
		if errors.As(err, &stop) {
			state.Health, state.Why, state.Next = stop.health, stop.why, stop.next
			return state, nil
		}
		state.Health, state.Why = "Failed", err.Error()
		return state, err
	}
	deployment := &appsv1.Deployment{}
	key := client.ObjectKey{Namespace: w.namespace, Name: w.app}
	if err := r.Get(ctx, key, deployment, noCopy); client.IgnoreNotFound(err) != nil {
		return state, err
	}
	pods := &corev1.PodList{}
	if err := r.List(ctx, pods, client.InNamespace(w.namespace),
		client.MatchingFields{byApp: w.tenant + "/" + w.app}, noCopy); err != nil {
		return state, err
	}
	return observe(w, deployment, pods.Items), r.pruneCopies(ctx, w, pods.Items)
}

func (r *AppReconciler) ensureFinalizer(ctx context.Context, app *api.App) error {
	before := app.DeepCopy()
	if !controllerutil.AddFinalizer(app, finalizer) {
		return nil
	}
	patch := client.MergeFromWithOptions(before, client.MergeFromWithOptimisticLock{})
	return r.Patch(ctx, app, patch, client.FieldOwner(fieldManager))
}

// removeApp deletes everything of an app and lets it go.
func (r *AppReconciler) removeApp(ctx context.Context, tenant string, app *api.App) error {
	all := func(client.Object) bool { return true }
	if err := r.removeChildren(ctx, tenant, app.Name, all); err != nil {
		return err
	}
	before := app.DeepCopy()
	if !controllerutil.RemoveFinalizer(app, finalizer) {
		return nil
	}
	return client.IgnoreNotFound(r.Patch(ctx, app, client.MergeFrom(before)))
}
