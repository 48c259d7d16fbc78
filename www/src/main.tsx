import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { gatewayUrl } from "./gateway/gateway.js";
import "./style.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <App gateway={gatewayUrl()} />
  </StrictMode>,
);
