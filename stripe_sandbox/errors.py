"""Refusals in the shape Stripe gives them (Stripe: api/errors, error-codes)."""

from typing import Any


class ApiError(Exception):
    """An answer other than 200 on /v1. ``executed`` marks refusals that an idempotency key remembers:
    those given after the request's parameters were accepted (Stripe: api/idempotent_requests)."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        code: str | None = None,
        param: str | None = None,
        kind: str = "invalid_request_error",
        executed: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.param = param
        self.kind = kind
        self.executed = executed

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON answer, with the keys in Stripe's order."""
        error: dict[str, Any] = {}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = doc_url(self.code)
        error["message"] = self.message
        if self.param:
            error["param"] = self.param
        error["request_log_url"] = f"https://dashboard.stripe.com/test/logs/{request_id}"
        error["type"] = self.kind
        return {"error": error}


def doc_url(code: str) -> str:
    """Where Stripe explains an error code."""
    return f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"


def missing_param(param: str) -> ApiError:
    """A required parameter was left out."""
    return ApiError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def unknown_params(names: list[str]) -> ApiError:
    """Parameters Stripe does not have."""
    plural = "s" if len(names) > 1 else ""
    text = f"Received unknown parameter{plural}: {', '.join(names)}"
    return ApiError(text, code="parameter_unknown", param=names[0])


def no_such(kind: str, object_id: str, *, param: str = "id", status: int = 404) -> ApiError:
    """An object of that id does not exist; 404 in a path, 400 when a parameter named it."""
    return ApiError(f"No such {kind}: '{object_id}'", status=status, code="resource_missing", param=param)


def exclusive(*names: str) -> ApiError:
    """Two parameters that cannot be given together."""
    text = f"You may only specify one of these parameters: {', '.join(names)}."
    return ApiError(text, code="parameters_exclusive", param=names[0])


def not_yet(what: str, param: str) -> ApiError:
    """Something Stripe does and the stand-in does not; said plainly, never ignored in silence."""
    return ApiError(f"The local stand-in for Stripe does not do {what} yet.", param=param)
