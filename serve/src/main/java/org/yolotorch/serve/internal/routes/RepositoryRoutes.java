// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.yolotorch.YoloException;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.http.Reply;
import org.yolotorch.serve.internal.http.Route;
import org.yolotorch.serve.internal.models.ModelState;
import org.yolotorch.serve.internal.models.Repository;

/** Triton's extension of the Open Inference Protocol for model repositories. */
public final class RepositoryRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Repository repository;
  private final boolean admin;

  /**
   * Routes for a repository.
   *
   * @param admin whether models may be loaded and unloaded
   */
  public RepositoryRoutes(Repository repository, boolean admin) {
    this.repository = repository;
    this.admin = admin;
  }

  public List<Route> routes() {
    return List.of(
        new Route("POST", "/v2/repository/index", Route.Kind.LIGHT, this::index, Errors::oip),
        change("load", this::load),
        change("unload", this::unload));
  }

  private static Route change(String verb, Route.Work work) {
    return new Route(
        "POST", "/v2/repository/models/{model}/" + verb, Route.Kind.LIGHT, work, Errors::oip);
  }

  private Reply index(Call call) throws IOException {
    boolean readyOnly = false;
    if (call.body().length > 0) {
      try {
        JsonNode asked = JSON.readTree(call.body());
        readyOnly = asked.path("ready").asBoolean(false);
      } catch (JsonProcessingException e) {
        throw HttpFailure.badRequest(
            "A JSON object such as {\"ready\":true}, or no body, was expected, but another came.");
      }
    }
    ArrayNode all = JSON.createArrayNode();
    for (String name : repository.names()) {
      for (ModelState state : repository.states(name)) {
        if (state.ready() || !readyOnly) {
          ObjectNode node = all.addObject();
          node.put("name", state.name()).put("version", state.version());
          node.put("state", state.ready() ? "READY" : "UNAVAILABLE").put("reason", state.reason());
        }
      }
    }
    return Reply.json(all.toString());
  }

  private Reply load(Call call) {
    checkAdmin();
    try {
      repository.load(call.name("model"));
    } catch (YoloException.NotFound e) {
      throw e;
    } catch (YoloException e) {
      // The file is wrong, not the server.
      throw HttpFailure.badRequest(e.getMessage());
    }
    return Reply.json("{}");
  }

  private Reply unload(Call call) {
    checkAdmin();
    repository.unload(call.name("model"));
    return Reply.json("{}");
  }

  private void checkAdmin() {
    if (!admin) {
      throw new HttpFailure(
          403,
          "no_admin",
          "A server started with admin=True was expected, but this one loads and unloads nothing"
              + " for clients.");
    }
  }
}
