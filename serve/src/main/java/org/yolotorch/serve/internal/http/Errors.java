// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yolotorch.YoloException;

/** How failures are told to clients. */
public final class Errors {
  private Errors() {}

  /** As the Open Inference Protocol does. */
  public static Reply oip(int status, String sentence) {
    return Reply.json(status, object().put("error", sentence).toString());
  }

  /** As TorchServe does. */
  public static Reply torchServe(int status, String sentence) {
    String type =
        switch (status) {
          case 404 -> "ModelNotFoundException";
          case 503 -> "ServiceUnavailableException";
          default -> status < 500 ? "BadRequestException" : "InternalServerException";
        };
    return Reply.json(
        status, object().put("code", status).put("type", type).put("message", sentence).toString());
  }

  /** As DeepStack does. */
  public static Reply deepStack(int status, String sentence) {
    return Reply.json(status, object().put("success", false).put("error", sentence).toString());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What a throwable means for a client. */
  static HttpFailure failure(Throwable e) {
    if (e instanceof HttpFailure failure) {
      return failure;
    }
    if (e instanceof YoloException failure) {
      return HttpFailure.of(failure);
    }
    if (e instanceof OutOfMemoryError) {
      return new HttpFailure(
          503, "out_of_memory", "The server ran out of memory for this request; send it later.");
    }
    return HttpFailure.defect(e);
  }
}
