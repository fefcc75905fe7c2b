package controller

import (
	"context"
	"regexp"

	"bailiwick.dev/twin/api"
	"bailiwick.dev/twin/platform"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/types"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

const concurrency = 16

var commitSuffix = regexp.MustCompile(`-[0-9a-f]{7,12}$`)

// SetupWithManager makes the reconciler hear of apps, what they are made of, and their objects.
func (r *AppReconciler) SetupWithManager(ctx context.Context, manager ctrl.Manager) error {
	if err := addIndexes(ctx, manager.GetFieldIndexer()); err != nil {
		return err
	}
	// Who makes an object need not hear that it is there now.
	notCreated := predicate.Funcs{CreateFunc: func(event.CreateEvent) bool { return false }}
	child := handler.EnqueueRequestsFromMapFunc(appOf)
	ofChild := builder.WithPredicates(notCreated)
	spec := builder.WithPredicates(predicate.GenerationChangedPredicate{})
	return ctrl.NewControllerManagedBy(manager).
		Named("app").
		For(&api.App{}, spec).
		Watches(&networkingv1.NetworkPolicy{}, child, ofChild).
		Watches(&corev1.ServiceAccount{}, child, ofChild).
		Watches(&corev1.Service{}, child, ofChild).
		Watches(&appsv1.Deployment{}, child, ofChild).
		Watches(&policyv1.PodDisruptionBudget{}, child, ofChild).
		Watches(&corev1.Pod{}, child).
		Watches(&corev1.ConfigMap{}, handler.EnqueueRequestsFromMapFunc(r.appsOfConfigMap),
			builder.WithPredicates(predicate.Funcs{CreateFunc: func(e event.CreateEvent) bool {
				return appOf(ctx, e.Object) == nil
			}})).
		Watches(&corev1.Namespace{}, handler.EnqueueRequestsFromMapFunc(r.appsOfNamespace)).
		Watches(&platform.Tenant{}, handler.EnqueueRequestsFromMapFunc(r.appsOfTenant), spec).
		Watches(&platform.Plan{}, handler.EnqueueRequestsFromMapFunc(r.appsOfPlan), spec).
		Watches(&platform.DomainPack{}, handler.EnqueueRequestsFromMapFunc(r.appsOfPack), spec).
		WithOptions(controller.Options{MaxConcurrentReconciles: concurrency}).
		Complete(r)
}

func appOf(_ context.Context, o client.Object) []reconcile.Request {
	tenant, app := o.GetLabels()[tenantLabel], o.GetLabels()[appLabel]
	if tenant == "" || app == "" {
		return nil
	}
	return []reconcile.Request{{NamespacedName: types.NamespacedName{Namespace: homeNamespace(tenant), Name: app}}}
}

func (r *AppReconciler) appsOfConfigMap(ctx context.Context, o client.Object) []reconcile.Request {
	name, namespace := o.GetName(), o.GetNamespace()
	switch {
	case tenantOfHome(namespace) != "":
		app := commitSuffix.ReplaceAllString(name, "")
		return []reconcile.Request{{NamespacedName: types.NamespacedName{Namespace: namespace, Name: app}}}
	case namespace == systemNamespace && name == runtimeImages:
		return r.apps(ctx)
	default:
		return appOf(ctx, o)
	}
}

func (r *AppReconciler) appsOfNamespace(ctx context.Context, o client.Object) []reconcile.Request {
	if tenant := o.GetLabels()[tenantLabel]; tenant != "" {
		return r.apps(ctx, client.InNamespace(homeNamespace(tenant)))
	}
	return nil
}

func (r *AppReconciler) appsOfTenant(ctx context.Context, o client.Object) []reconcile.Request {
	return r.apps(ctx, client.InNamespace(homeNamespace(o.GetName())))
}

func (r *AppReconciler) appsOfPlan(ctx context.Context, o client.Object) []reconcile.Request {
	tenants := &platform.TenantList{}
	if err := r.List(ctx, tenants, client.MatchingFields{byPlan: o.GetName()}, noCopy); err != nil {
		return nil
	}
	var requests []reconcile.Request
	for i := range tenants.Items {
		requests = append(requests, r.appsOfTenant(ctx, &tenants.Items[i])...)
	}
	return requests
}

func (r *AppReconciler) appsOfPack(ctx context.Context, o client.Object) []reconcile.Request {
	return r.apps(ctx, client.MatchingFields{byPack: o.GetName()})
}

func (r *AppReconciler) apps(ctx context.Context, options ...client.ListOption) []reconcile.Request {
	apps := &api.AppList{}
	if err := r.List(ctx, apps, append(options, noCopy)...); err != nil {
		return nil
	}
	requests := make([]reconcile.Request, len(apps.Items))
	for i := range apps.Items {
		requests[i].NamespacedName = client.ObjectKeyFromObject(&apps.Items[i])
	}
	return requests
}
